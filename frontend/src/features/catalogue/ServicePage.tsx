import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";

import { calmly, calmMetadata } from "@/features/shell";
import { addMonths, digits, duration, monthOf } from "@/format";
import { categoryName, cityName } from "@/i18n/names";
import { flags } from "@/server/flags";
import { marketplaceToday } from "@/server/today";
import { siteUrl } from "@/server/settings";
import { buttonClass } from "@/ui/Button";
import { Fact, Facts } from "@/ui/Facts";

import { JsonLd } from "./JsonLd";
import { languagesOf } from "./languages";
import { mediaPath } from "./media-path";
import { NextFreeDays } from "./NextFreeDays";
import { Price } from "./Price";
import { nextFreeDays, reviewsOf, serviceBySlug } from "./queries";
import { Rating } from "./Rating";
import { Reviews } from "./Reviews";
import { ServicePicture } from "./ServicePicture";
import type { Service } from "./types";

interface Props {
  slug: string;
  reviewsPage: number;
}

const DAYS_SHOWN = 7;
const LONGEST_DESCRIPTION = 160;

export const serviceMetadata = calmMetadata(async function (slug: string): Promise<Metadata> {
  const service = await serviceBySlug(slug);
  if (!service) return {};
  const locale = await getLocale();
  const description = service.description.slice(0, LONGEST_DESCRIPTION);
  const path = `/services/${service.slug}`;
  return {
    title: `${service.title}, ${service.provider_name}`,
    description,
    alternates: { canonical: `/${locale}${path}`, languages: languagesOf(path) },
    openGraph: {
      title: service.title,
      description,
      images: service.image_set ? [mediaPath(service.image_set.sizes.full)] : undefined,
    },
  };
});

/** A service with all that one wants to know before booking it. */
export const ServicePage = calmly(async function ServicePage({ slug, reviewsPage }: Props) {
  const service = await serviceBySlug(slug);
  if (!service) notFound();
  const [days, reviews] = await Promise.all([freeDays(service.id), reviewsOf(service.id, reviewsPage)]);
  return (
    <article className="page space-y-8">
      <JsonLd data={productOf(service)} />
      <div className="grid gap-6 lg:grid-cols-2 lg:gap-10">
        <ServicePicture service={service} size="full" eager className="rounded-large" />
        <ServiceHead service={service} />
      </div>
      <div className="grid gap-8 lg:grid-cols-[2fr_1fr]">
        {days && (
          <div className="lg:col-start-2 lg:row-start-1">
            <NextFreeDays service={service} days={days} />
          </div>
        )}
        <div className="space-y-8 lg:col-start-1 lg:row-start-1">
          <Description service={service} />
          <Reviews service={service} reviews={reviews} page={reviewsPage} />
        </div>
      </div>
    </article>
  );
});

/** Returns the next days with free times, of this month and the next; null where free times aren't shown. */
async function freeDays(serviceId: number) {
  if (!(await flags()).slots) return null;
  const today = marketplaceToday();
  const month = monthOf(today);
  const soon = await nextFreeDays(serviceId, month, today, DAYS_SHOWN);
  const left = DAYS_SHOWN - soon.length;
  return left > 0 ? [...soon, ...(await nextFreeDays(serviceId, addMonths(month, 1), today, left))] : soon;
}

async function ServiceHead({ service }: { service: Service }) {
  const t = await getTranslations("catalogue");
  const locale = await getLocale();
  return (
    <div className="space-y-3">
      <p className="font-semibold text-ink-soft">
        <a href={`/${locale}/services?category=${service.category_details.slug}`} className="link">
          {categoryName(service.category_details, locale)}
        </a>
      </p>
      <h1>{service.title}</h1>
      <p>
        {t("by")}{" "}
        <a href={`/${locale}/providers/${service.provider}`} className="link">
          {service.provider_name}
        </a>
      </p>
      <p>
        <Rating rating={service.rating} count={service.review_count} />
      </p>
      <p>
        <Price price={service.price} discountPrice={service.discount_price} className="text-3xl" />
      </p>
      <Facts>
        <Fact name={t("takes")}>{duration(service.duration_minutes, locale)}</Fact>
        {service.max_bookings > 1 && (
          <Fact name={t("group")}>{t("groupSeats", { count: digits(service.max_bookings, locale) })}</Fact>
        )}
        <Fact name={t("where")}>{service.city_details.map((city) => cityName(city, locale)).join(", ")}</Fact>
      </Facts>
      <a href={`/${locale}/book/new?service=${service.id}`} className={buttonClass("primary", true)}>
        {t("bookNow")}
      </a>
    </div>
  );
}

async function Description({ service }: { service: Service }) {
  const t = await getTranslations("catalogue");
  const locale = await getLocale();
  return (
    <>
      <section aria-labelledby="about-heading">
        <h2 id="about-heading" className="mb-2">
          {t("included")}
        </h2>
        <p className="max-w-prose whitespace-pre-line">{service.description || t("noDescription")}</p>
      </section>
      {service.staff.length > 0 && (
        <section aria-labelledby="staff-heading">
          <h2 id="staff-heading" className="mb-2">
            {t("staff")}
          </h2>
          <ul className="flex flex-wrap gap-2">
            {service.staff.map(({ id, full_name }) => (
              <li key={id} className="rounded-full border border-line bg-surface px-3 py-1">
                {full_name}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="rules-heading">
        <h2 id="rules-heading" className="mb-2">
          {t("cancelling")}
        </h2>
        <p className="max-w-prose">
          {t("cancellingText", { percent: digits(service.late_cancellation_fee_percent, locale) })}
        </p>
      </section>
    </>
  );
}

function productOf(service: Service): Record<string, unknown> {
  return {
    "@context": "https://schema.org",
    "@type": "Service",
    name: service.title,
    description: service.description,
    url: `${siteUrl()}/en/services/${service.slug}`,
    provider: { "@type": "LocalBusiness", name: service.provider_name },
    areaServed: service.city_details.map(({ name }) => name),
    offers: { "@type": "Offer", price: service.discount_price ?? service.price, priceCurrency: "NPR" },
    ...(service.rating !== null && {
      aggregateRating: {
        "@type": "AggregateRating",
        ratingValue: service.rating,
        reviewCount: service.review_count,
      },
    }),
  };
}
