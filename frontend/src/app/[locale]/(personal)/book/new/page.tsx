import type { Metadata } from "next";
import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";

import { foundBy, publicApi } from "@/api/public";
import { choiceInAddress, NewBooking, ServiceStep, WizardFrame } from "@/features/booking-wizard";
import { calmly } from "@/features/shell";
import { marketplaceToday } from "@/server/today";
import { readTokens } from "@/session/cookies";

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("wizard");
  return { title: t("headings.datetime"), robots: { index: false } };
}

async function Page({ searchParams }: Props) {
  const query = await searchParams;
  if (query.service === undefined) {
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
  const { access, refresh } = readTokens(await cookies());
  return (
    <NewBooking
      service={service}
      today={marketplaceToday()}
      isLoggedIn={Boolean(access ?? refresh)}
      initial={choiceInAddress(query)}
    />
  );
}

export default calmly(Page);
