import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { SettingsPage } from "@/features/account";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("settingsTitle"), robots: { index: false } };
}

export default function Page() {
  return <SettingsPage />;
}
