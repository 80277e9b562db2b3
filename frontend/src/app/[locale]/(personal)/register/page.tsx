import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";

import { EntryPage, nextAddress } from "@/features/account";
import { leadOn } from "@/features/account/lead-on";

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("common");
  return { title: t("register"), robots: { index: false } };
}

export default async function Page({ searchParams }: Props) {
  const { next } = await searchParams;
  const address = nextAddress(next, await getLocale());
  await leadOn(address);
  return <EntryPage kind="register" next={address} />;
}
