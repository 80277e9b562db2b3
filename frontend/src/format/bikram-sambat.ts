import type { Locale } from "@/i18n/locales";

import { type Day, dayNumber } from "./dates";
import { digits } from "./digits";

/** The API's calendar table: the A.D. day on which its first year begins, and each year's twelve months. */
export interface CalendarTable {
  starts_on: Day;
  years: readonly { year: number; months: readonly number[] }[];
}

export interface BikramSambatDay {
  year: number;
  month: number;
  date: number;
}

const MONTHS: Record<Locale, readonly string[]> = {
  en: "Baishakh Jestha Ashadh Shrawan Bhadra Ashwin Kartik Mangsir Poush Magh Falgun Chaitra".split(" "),
  ne: "बैशाख जेठ असार साउन भदौ असोज कात्तिक मंसिर पुस माघ फागुन चैत".split(" "),
};

/** Returns a day in the calendar of Nepal, or null where the table does not reach. */
export function bikramSambat(day: Day, table: CalendarTable): BikramSambatDay | null {
  let left = dayNumber(day) - dayNumber(table.starts_on);
  if (left < 0) return null;
  for (const { year, months } of table.years) {
    for (const [index, length] of months.entries()) {
      if (left < length) return { year, month: index + 1, date: left + 1 };
      left -= length;
    }
  }
  return null;
}

/** `Mangsir`; `मंसिर`. */
export function bikramSambatMonth(month: number, locale: Locale): string {
  return MONTHS[locale][month - 1] ?? "";
}

/** `16 Mangsir 2083`; `१६ मंसिर २०८३`. */
export function bikramSambatDate({ year, month, date }: BikramSambatDay, locale: Locale): string {
  return `${digits(date, locale)} ${bikramSambatMonth(month, locale)} ${digits(year, locale)}`;
}
