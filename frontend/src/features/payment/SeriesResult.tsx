"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";

import { answerOf, api } from "@/api/browser";
import { useDates } from "@/features/calendar";
import { useFlags } from "@/features/flags";
import { clockTime } from "@/format";
import { Card } from "@/ui/Card";

import { SeriesCost } from "./SeriesCost";
import type { Booking } from "./useOutcome";

/** Of a booking that recurs: all dates of its series, and what each of them costs when. */
export function SeriesResult({ booking }: { booking: Booking }) {
  const t = useTranslations("payment");
  const locale = useLocale();
  const dates = useDates();
  const { wizard } = useFlags();
  const { data: progress } = useQuery({
    queryKey: ["series", booking.id, booking.status],
    queryFn: () =>
      answerOf(
        api.GET("/api/booking-wizard/{booking_id}/", { params: { path: { booking_id: booking.id } } }),
      ),
    enabled: wizard && booking.is_recurring,
  });
  const taken = progress?.occurrences?.filter(({ available }) => available) ?? [];
  if (taken.length < 2) return null;
  return (
    <>
      <SeriesCost count={taken.length} method={booking.payment_method} />
      <Card>
        <h2 className="mb-2">{t("seriesDates")}</h2>
        <ol className="grid gap-1">
          {taken.map(({ date, time }) => (
            <li key={`${date} ${time}`}>
              {dates.long(date)}, {clockTime(time, locale)}
            </li>
          ))}
        </ol>
      </Card>
    </>
  );
}
