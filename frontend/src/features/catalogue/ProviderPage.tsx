import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";

import { calmly, calmMetadata } from "@/features/shell";
import { digits } from "@/format";
import { pageDates } from "@/server/calendar";
import type { Locale } from "@/i18n/locales";
import { Figure, Figures } from "@/ui/Figures";

import { languagesOf } from "./languages";
import { nextFreeByService } from "./next-free";
import { provider } from "./queries";
import { Rating } from "./Rating";
import { ServiceGrid } from "./ServiceGrid";

export const providerMetadata = calmMetadata(async function (id: number): Promise<Metadata> {
  const found = await provider(id);
  if (!found) return {};
  const t = await getTranslations("catalogue");
  const locale = await getLocale();
  return {
    title: found.name,
    description: t("providerDescription", { name: found.name }),
    alternates: { canonical: `/${locale}/providers/${id}`, languages: languagesOf(`/providers/${id}`) },
  };
});

/** A provider with their public figures and all that they offer. */
export const ProviderPage = calmly(async function ProviderPage({ id }: { id: number }) {
  const found = await provider(id);
  if (!found) notFound();
  const t = await getTranslations("catalogue");
  const locale = await getLocale();
  const dates = await pageDates();
  const nextFree = await nextFreeByService(found.services);
  return (
    <div className="page space-y-8">
      <header className="space-y-3">
        <h1>{found.name}</h1>
        <p>
          <Rating rating={found.rating} count={found.review_count} />
        </p>
        <Figures>
          <Figure name={t("since")}>{dates.plain(found.since)}</Figure>
          <Figure name={t("completed")}>{digits(found.completed_bookings, locale)}</Figure>
          {found.on_time_percent !== null && (
            <Figure name={t("onTime")}>{percent(found.on_time_percent, locale)}</Figure>
          )}
          {found.acceptance_percent !== null && (
            <Figure name={t("accepts")}>{percent(found.acceptance_percent, locale)}</Figure>
          )}
        </Figures>
      </header>
      <section aria-labelledby="offers-heading">
        <h2 id="offers-heading" className="mb-4">
          {t("offers")}
        </h2>
        {found.services.length === 0 && <p>{t("nothingOffered")}</p>}
        <ServiceGrid services={found.services} nextFree={nextFree} heading="h3" />
      </section>
    </div>
  );
});

function percent(value: number, locale: Locale): string {
  return `${digits(Math.round(value), locale)}%`;
}
