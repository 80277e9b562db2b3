"use client";

import { useLocale, useTranslations } from "next-intl";

import { useDates } from "@/features/calendar";
import { clockTime, rupees } from "@/format";
import { Badge } from "@/ui/Badge";

import type { Booking } from "./queries";
import { toneOf } from "./status";

/** A booking in a list. A draft leads back into the wizard, where it stands. */
export function BookingLine({ booking }: { booking: Booking }) {
  const t = useTranslations("bookings");
  const locale = useLocale();
  const dates = useDates();
  const isDraft = booking.status === "draft";
  const href = isDraft ? `/${locale}/book/${booking.id}/confirmation` : `/${locale}/bookings/${booking.id}`;
  return (
    <article className="relative rounded-large border border-line bg-surface p-4 hover:border-brand">
      <div className="mb-1 flex flex-col items-start gap-1 sm:flex-row sm:justify-between">
        <h2 className="text-lg">
          <a href={href} className="after:absolute after:inset-0 hover:underline">
            {booking.service_details.title}
          </a>
        </h2>
        <Badge tone={toneOf(booking.status)}>{t(`status.${booking.status}`)}</Badge>
      </div>
      <p>
        {booking.booking_date && booking.booking_time
          ? `${dates.long(booking.booking_date)}, ${clockTime(booking.booking_time, locale)}`
          : t("noTime")}
      </p>
      <p className="text-ink-soft">
        {booking.reference} • {rupees(booking.total_amount, locale)}
        {isDraft && <span className="block font-semibold text-brand">{t("goOn")}</span>}
      </p>
    </article>
  );
}
