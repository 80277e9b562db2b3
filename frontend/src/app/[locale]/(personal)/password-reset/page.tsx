import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { PasswordResetPage } from "@/features/account";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("resetTitle"), robots: { index: false } };
}

export default function Page() {
  return <PasswordResetPage />;
}
