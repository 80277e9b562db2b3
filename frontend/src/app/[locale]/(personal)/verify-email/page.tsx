import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";

import { VerifyEmailPage } from "@/features/account";

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  // The address holds a secret: no page that is linked from here may learn it.
  return { title: t("verifyTitle"), robots: { index: false }, referrer: "no-referrer" };
}

export default async function Page({ searchParams }: Props) {
  const { token } = await searchParams;
  if (typeof token !== "string" || !token) notFound();
  return <VerifyEmailPage token={token} />;
}
