import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { AccountPage } from "@/features/account";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("common");
  return { title: t("account"), robots: { index: false } };
}

export default function Page() {
  return <AccountPage />;
}
