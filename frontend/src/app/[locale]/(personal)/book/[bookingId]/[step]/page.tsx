import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";

import { BookingWizard, isStepName } from "@/features/booking-wizard";
import { DraftBooking } from "@/features/one-page-booking";
import { flags } from "@/server/flags";
import { marketplaceToday } from "@/server/today";

interface Props {
  params: Promise<{ bookingId: string; step: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { step } = await params;
  const t = await getTranslations("wizard");
  const common = await getTranslations("common");
  const isStep = isStepName(step) && (await flags()).wizard;
  return { title: isStep ? t(`headings.${step}`) : common("myBookings"), robots: { index: false } };
}

export default async function Page({ params }: Props) {
  const { bookingId, step } = await params;
  if (!isStepName(step) || !/^\d{1,15}$/.test(bookingId)) notFound();
  if (!(await flags()).wizard) return <DraftBooking bookingId={Number(bookingId)} />;
  return <BookingWizard bookingId={Number(bookingId)} step={step} today={marketplaceToday()} />;
}
