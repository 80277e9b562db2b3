import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";

import { Trouble } from "@/features/shell";
import { ButtonLink } from "@/ui/Button";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("payment");
  return { title: t("unknownTitle"), robots: { index: false } };
}

/** Where somebody is led whose payment the API can't find. */
export default async function Page() {
  const t = await getTranslations("payment");
  const common = await getTranslations("common");
  return (
    <Trouble title={t("unknownTitle")} text={t("unknownText")}>
      <ButtonLink href={`/${await getLocale()}/bookings`}>{common("myBookings")}</ButtonLink>
    </Trouble>
  );
}
