"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";

function subscribe(onChange: () => void): () => void {
  window.addEventListener("online", onChange);
  window.addEventListener("offline", onChange);
  return () => {
    window.removeEventListener("online", onChange);
    window.removeEventListener("offline", onChange);
  };
}

/** Says that the connection is gone, and that nothing typed is. */
export function OfflineNotice() {
  const t = useTranslations("common");
  const isOnline = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  return (
    <div role="status" className="sticky top-0 z-10">
      {!isOnline && (
        <p className="bg-marigold-soft p-3 text-center font-semibold text-on-marigold">{t("offline")}</p>
      )}
    </div>
  );
}
