import { getLocale, getTranslations } from "next-intl/server";

import { Trouble } from "@/features/shell";
import { ButtonLink } from "@/ui/Button";

export default async function NotFound() {
  const t = await getTranslations("common");
  const locale = await getLocale();
  return (
    <Trouble title={t("notFoundTitle")} text={t("notFoundText")}>
      <ButtonLink href={`/${locale}`}>{t("toStart")}</ButtonLink>
      <ButtonLink kind="secondary" href={`/${locale}/services`}>
        {t("toServices")}
      </ButtonLink>
    </Trouble>
  );
}
