import { useLocale, useTranslations } from "next-intl";

import { type CalendarTable, clockTime, datesIn, dayOf, duration } from "@/format";
import { buttonClass } from "@/ui/Button";

import { Price } from "./Price";
import { Rating } from "./Rating";
import { ServicePicture } from "./ServicePicture";
import type { Service } from "./types";

interface Props {
  service: Service;
  /** The first instant that can be booked; null where there is none near, undefined where nobody asked. */
  nextFree?: string | null;
  /** Puts dates B.S. beside its own, in Nepali. */
  calendar?: CalendarTable | null;
  eager?: boolean;
  /** The level of its heading, which depends on where the card stands. */
  heading?: "h2" | "h3";
}

/** A service at a glance, with the way to book it. Ships no script. */
export function ServiceCard({
  service,
  nextFree,
  calendar = null,
  eager = false,
  heading: Heading = "h2",
}: Props) {
  const t = useTranslations("catalogue");
  const locale = useLocale();
  return (
    <article className="flex h-full flex-col overflow-hidden rounded-large border border-line bg-surface">
      <ServicePicture service={service} size="card" eager={eager} />
      <div className="flex flex-1 flex-col gap-1.5 p-4">
        <Heading className="text-lg leading-snug font-bold">
          <a href={`/${locale}/services/${service.slug}`} className="hover:underline">
            {service.title}
          </a>
        </Heading>
        <p className="text-ink-soft">
          {t("by")}{" "}
          <a href={`/${locale}/providers/${service.provider}`} className="link">
            {service.provider_name}
          </a>
        </p>
        <p>
          <Rating rating={service.rating} count={service.review_count} />
        </p>
        {nextFree !== undefined && (
          <p className="text-ink-soft">
            {nextFree === null
              ? t("noneFree")
              : t("nextFree", {
                  when: `${datesIn(locale, calendar).short(dayOf(nextFree))}, ${clockTime(nextFree, locale)}`,
                })}
          </p>
        )}
        <div className="mt-auto flex items-end justify-between gap-3 pt-3">
          <p className="min-w-0 leading-snug">
            <Price price={service.price} discountPrice={service.discount_price} className="text-xl" />
            <span className="block text-ink-soft">{duration(service.duration_minutes, locale)}</span>
          </p>
          <a href={`/${locale}/book/new?service=${service.id}`} className={buttonClass()}>
            {t("book")}
            <span className="sr-only">: {service.title}</span>
          </a>
        </div>
      </div>
    </article>
  );
}
