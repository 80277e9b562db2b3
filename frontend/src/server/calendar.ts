import "server-only";

import { getLocale } from "next-intl/server";
import { cache } from "react";

import { foundBy, publicApi } from "@/api/public";
import { type CalendarTable, type Dates, datesIn } from "@/format";

/** Returns the calendar of Nepal for pages in Nepali; null for others, and while the API can't say. */
export const calendarTable = cache(async (): Promise<CalendarTable | null> => {
  if ((await getLocale()) !== "ne") return null;
  try {
    // In one language, to be kept once: the table has no words.
    const api = await publicApi("en");
    return await foundBy(api.GET("/api/calendar-table/"));
  } catch {
    return null;
  }
});

/** Returns how dates are written on the page that is rendered. */
export async function pageDates(): Promise<Dates> {
  return datesIn(await getLocale(), await calendarTable());
}
