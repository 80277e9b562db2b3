"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale } from "next-intl";

import { answerOf, api } from "@/api/browser";
import { bikramSambat, bikramSambatDate, type CalendarTable, type Day, digits } from "@/format";

/** Returns a function from a day to its date of the Nepali calendar; none while the table is on its way. */
export function useBikramSambat() {
  const locale = useLocale();
  const { data } = useQuery({
    queryKey: ["calendar-table"],
    queryFn: (): Promise<CalendarTable> => answerOf(api.GET("/api/calendar-table/")),
    staleTime: Infinity,
    enabled: locale === "ne",
  });
  if (!data) return null;
  return (day: Day) => {
    const date = bikramSambat(day, data);
    return date && { date: digits(date.date, locale), long: bikramSambatDate(date, locale) };
  };
}
