"use client";

import { useLocale, useTranslations } from "next-intl";

import { ButtonLink } from "@/ui/Button";
import { Notice } from "@/ui/Notice";

/** The answer to an earlier try was lost, but not the booking. */
export function SentBefore() {
  const t = useTranslations("onePage");
  const common = useTranslations("common");
  const locale = useLocale();
  return (
    <Notice tone="warning" title={t("sentBefore")}>
      <p className="mb-3">{t("sentBeforeText")}</p>
      <ButtonLink kind="secondary" href={`/${locale}/bookings`}>
        {common("myBookings")}
      </ButtonLink>
    </Notice>
  );
}
