import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";

import { ResultPage } from "@/features/payment";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("payment");
  return { title: t("resultTitle"), robots: { index: false } };
}

/** Where gateways lead back to. What their address says of the payment is a hint at most: the page asks the API. */
export default async function Page({ params }: { params: Promise<{ bookingId: string }> }) {
  const { bookingId } = await params;
  if (!/^[1-9]\d{0,14}$/.test(bookingId)) notFound();
  return <ResultPage bookingId={Number(bookingId)} />;
}
