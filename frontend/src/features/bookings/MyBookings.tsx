"use client";

import { useLocale, useTranslations } from "next-intl";

import { useTrouble } from "@/features/errors";
import { digits } from "@/format";
import { ButtonLink } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { Empty } from "@/ui/Empty";
import { Pages } from "@/ui/Pages";
import { Placeholder } from "@/ui/Placeholder";

import { BookingLine } from "./BookingLine";
import { NeedsLogin } from "./NeedsLogin";
import { useBookings, type View, views } from "./queries";

const PAGE_SIZE = 20;

interface Props {
  view: View;
  page: number;
}

/** A customer's bookings: upcoming, past, and drafts to go on with. */
export function MyBookings({ view, page }: Props) {
  const t = useTranslations("bookings");
  const common = useTranslations("common");
  const locale = useLocale();
  const found = useBookings(view, page);
  const trouble = useTrouble(found);
  const address = (to: View, number = 1) =>
    `/${locale}/bookings?view=${to}${number > 1 ? `&page=${number}` : ""}`;
  const pages = Math.max(1, Math.ceil((found.data?.count ?? 0) / PAGE_SIZE));
  return (
    <div className="page space-y-6">
      <h1>{common("myBookings")}</h1>
      <nav aria-label={t("views")} className="flex flex-wrap gap-2">
        {views.map((name) => (
          <a
            key={name}
            href={address(name)}
            aria-current={name === view ? "page" : undefined}
            className={classes(
              "inline-flex min-h-12 items-center rounded-full border-2 px-3 font-semibold sm:px-4",
              name === view ? "border-brand bg-brand-soft" : "border-line bg-surface hover:border-brand",
            )}
          >
            {t(`view.${name}`)}
          </a>
        ))}
      </nav>
      {found.isPending && !trouble && <Placeholder label={common("loading")} className="h-72" />}
      {trouble && <NeedsLogin error={trouble} onDone={() => void found.refetch()} />}
      {found.data && found.data.results.length === 0 && (
        <Empty text={t(`none.${view}`)}>
          <ButtonLink href={`/${locale}/services`}>{common("toServices")}</ButtonLink>
        </Empty>
      )}
      <ul className="space-y-3">
        {found.data?.results.map((booking) => (
          <li key={booking.id}>
            <BookingLine booking={booking} />
          </li>
        ))}
      </ul>
      {pages > 1 && (
        <Pages
          label={t("pages")}
          position={t("pageOf", { page: digits(page, locale), pages: digits(pages, locale) })}
          previous={page > 1 ? { href: address(view, page - 1), text: t("previous") } : undefined}
          next={page < pages ? { href: address(view, page + 1), text: t("next") } : undefined}
        />
      )}
    </div>
  );
}
