import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";

import { PayPage } from "@/features/bookings";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("bookings");
  return { title: t("payTitle"), robots: { index: false } };
}

export default async function Page({ params }: { params: Promise<{ bookingId: string }> }) {
  const { bookingId } = await params;
  if (!/^[1-9]\d{0,14}$/.test(bookingId)) notFound();
  return <PayPage bookingId={Number(bookingId)} />;
}
