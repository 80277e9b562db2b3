"use client";

import { useLocale, useTranslations } from "next-intl";

import { ButtonLink } from "@/ui/Button";
import { Notice } from "@/ui/Notice";

/** Says before anything is typed that an account is needed. Both ways to one lead back to `next`. */
export function AccountNeeded({ next }: { next: string }) {
  const t = useTranslations("onePage");
  const common = useTranslations("common");
  const locale = useLocale();
  const query = `next=${encodeURIComponent(next)}`;
  return (
    <Notice title={t("needsLogin")}>
      <p>{t("needsLoginText")}</p>
      <p className="mt-3 flex flex-wrap gap-3">
        <ButtonLink kind="secondary" href={`/${locale}/login?${query}`}>
          {common("logIn")}
        </ButtonLink>
        <ButtonLink kind="secondary" href={`/${locale}/register?${query}`}>
          {common("register")}
        </ButtonLink>
      </p>
    </Notice>
  );
}
