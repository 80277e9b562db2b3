import { getTranslations } from "next-intl/server";

import { Mark } from "./Mark";

export async function Footer() {
  const t = await getTranslations("common");
  return (
    <footer className="border-t border-line bg-surface">
      <div className="page flex items-start gap-4 py-8 text-ink-soft">
        <Mark />
        <p className="max-w-prose flex-1">{t("footerAbout")}</p>
      </div>
    </footer>
  );
}
