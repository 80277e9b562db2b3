import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";

import { BookingWizard, choiceInAddress, isStepName } from "@/features/booking-wizard";
import { marketplaceToday } from "@/server/today";

interface Props {
  params: Promise<{ bookingId: string; step: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { step } = await params;
  const t = await getTranslations("wizard");
  return { title: isStepName(step) ? t(`headings.${step}`) : undefined, robots: { index: false } };
}

export default async function Page({ params, searchParams }: Props) {
  const { bookingId, step } = await params;
  if (!isStepName(step) || !/^\d{1,15}$/.test(bookingId)) notFound();
  const choice = choiceInAddress(await searchParams);
  return (
    <BookingWizard bookingId={Number(bookingId)} step={step} today={marketplaceToday()} choice={choice} />
  );
}
