import type { Metadata } from "next";
import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";

import { foundBy, publicApi } from "@/api/public";
import { NewBooking, ServiceStep, WizardFrame } from "@/features/booking-wizard";
import { OnePageBooking } from "@/features/one-page-booking";
import { calmly } from "@/features/shell";
import { flags } from "@/server/flags";
import { marketplaceToday } from "@/server/today";
import { readTokens } from "@/session/cookies";

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const t = await getTranslations("wizard");
  const onePage = await getTranslations("onePage");
  const { wizard } = await flags();
  const step = (await searchParams).service === undefined ? "service" : "datetime";
  return { title: wizard ? t(`headings.${step}`) : onePage("title"), robots: { index: false } };
}

async function Page({ searchParams }: Props) {
  const query = await searchParams;
  const { wizard } = await flags();
  const { access, refresh } = readTokens(await cookies());
  const common = {
    today: marketplaceToday(),
    isLoggedIn: Boolean(access ?? refresh),
  };
  if (query.service === undefined) {
    if (!wizard) return <OnePageBooking service={null} {...common} />;
    return (
      <WizardFrame step="service">
        <ServiceStep />
      </WizardFrame>
    );
  }
  const id = Number(query.service);
  if (!Number.isSafeInteger(id) || id < 1) notFound();
  const api = await publicApi(await getLocale());
  const service = await foundBy(api.GET("/api/services/{id}/", { params: { path: { id } } }));
  if (!service) notFound();
  const Booking = wizard ? NewBooking : OnePageBooking;
  return <Booking service={service} {...common} />;
}

export default calmly(Page);
