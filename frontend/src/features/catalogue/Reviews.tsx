import { getLocale, getTranslations } from "next-intl/server";

import { dayOf, digits } from "@/format";
import { pageDates } from "@/server/calendar";
import { Pages } from "@/ui/Pages";
import { Stars } from "@/ui/Stars";

import type { PublicReview, Service } from "./types";

const PAGE_SIZE = 10;

interface Props {
  service: Service;
  reviews: { count: number; results: readonly PublicReview[] } | null;
  page: number;
}

/** What customers wrote about a service, and what its provider answered. */
export async function Reviews({ service, reviews, page }: Props) {
  const t = await getTranslations("catalogue");
  const locale = await getLocale();
  const dates = await pageDates();
  const pages = Math.max(1, Math.ceil((reviews?.count ?? 0) / PAGE_SIZE));
  const address = (number: number) => `/${locale}/services/${service.slug}?reviews=${number}#reviews`;
  return (
    <section id="reviews" aria-labelledby="reviews-heading">
      <h2 id="reviews-heading" className="mb-3">
        {t("reviews")}
      </h2>
      {!reviews?.results.length && <p>{t("noReviews")}</p>}
      <ul className="space-y-4">
        {reviews?.results.map((review) => (
          <li key={review.id} className="rounded-medium border border-line bg-surface p-4">
            <p className="flex flex-wrap items-baseline gap-x-3">
              <Stars
                value={review.rating}
                label={t("ratingOf", { rating: digits(review.rating, locale), most: digits(5, locale) })}
              />
              <strong>{review.customer_name}</strong>
              <span className="text-ink-soft">{dates.plain(dayOf(review.created_at))}</span>
            </p>
            {review.comment && <p className="mt-2 max-w-prose whitespace-pre-line">{review.comment}</p>}
            {review.answer && (
              <p className="mt-2 border-l-4 border-line pl-3 text-ink-soft">
                <strong>{service.provider_name}:</strong> {review.answer}
              </p>
            )}
          </li>
        ))}
      </ul>
      {pages > 1 && (
        <div className="mt-4">
          <Pages
            label={t("reviewPages")}
            position={t("pageOf", { page: digits(page, locale), pages: digits(pages, locale) })}
            previous={page > 1 ? { href: address(page - 1), text: t("previous") } : undefined}
            next={page < pages ? { href: address(page + 1), text: t("next") } : undefined}
          />
        </div>
      )}
    </section>
  );
}
