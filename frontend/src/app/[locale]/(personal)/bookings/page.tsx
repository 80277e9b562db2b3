import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { MyBookings, views } from "@/features/bookings";

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("common");
  return { title: t("myBookings"), robots: { index: false } };
}

export default async function Page({ searchParams }: Props) {
  const { view, page } = await searchParams;
  const shown = views.find((name) => name === view) ?? "upcoming";
  const number = typeof page === "string" && /^[1-9]\d{0,4}$/.test(page) ? Number(page) : 1;
  return <MyBookings view={shown} page={number} />;
}
