import type { Locale } from "@/i18n/locales";

import {
  bikramSambat,
  bikramSambatDate,
  type BikramSambatDay,
  bikramSambatMonth,
  type CalendarTable,
} from "./bikram-sambat";
import { type Day, daysInMonth, longDate, plainDate, shortDate } from "./dates";
import { digits } from "./digits";

/** Writes dates A.D.; in Nepali with B.S. beside them. */
export interface Dates {
  /** `Tuesday, 1 December 2026`; `मंगलबार, १ डिसेम्बर २०२६ (१५ मंसिर २०८३)`. */
  long: (day: Day) => string;
  /** `1 December 2026`; `१ डिसेम्बर २०२६ (१५ मंसिर २०८३)`. */
  plain: (day: Day) => string;
  /** `Tue 1 December`; `मंगल १ डिसेम्बर (१५ मंसिर)`. */
  short: (day: Day) => string;
  /** The number of a day in its month B.S.; null where only A.D. is written. */
  numberBeside: (day: Day) => string | null;
  /** The months B.S. that a month (`2026-12`) lies in: `मंसिर – पुस २०८३`; null where only A.D. is written. */
  monthsBeside: (month: string) => string | null;
}

/** Returns how dates are written in a language. Without the table, and where it doesn't reach, they are A.D. alone. */
export function datesIn(locale: Locale, table: CalendarTable | null): Dates {
  const other = (day: Day) => (locale === "ne" && table ? bikramSambat(day, table) : null);
  const beside = (text: string, day: Day, write: (found: BikramSambatDay) => string) => {
    const found = other(day);
    return found ? `${text} (${write(found)})` : text;
  };
  const withYear = (found: BikramSambatDay) => bikramSambatDate(found, locale);
  const withoutYear = ({ date, month }: BikramSambatDay) =>
    `${digits(date, locale)} ${bikramSambatMonth(month, locale)}`;
  return {
    long: (day) => beside(longDate(day, locale), day, withYear),
    plain: (day) => beside(plainDate(day, locale), day, withYear),
    short: (day) => beside(shortDate(day, locale), day, withoutYear),
    numberBeside: (day) => {
      const found = other(day);
      return found && digits(found.date, locale);
    },
    monthsBeside: (month) => {
      const first = other(`${month}-01`);
      const last = other(`${month}-${daysInMonth(month)}`);
      return first && last && monthsBetween(first, last, locale);
    },
  };
}

function monthsBetween(first: BikramSambatDay, last: BikramSambatDay, locale: Locale): string {
  const begins = bikramSambatMonth(first.month, locale);
  const ends = `${bikramSambatMonth(last.month, locale)} ${digits(last.year, locale)}`;
  return first.year === last.year
    ? `${begins} – ${ends}`
    : `${begins} ${digits(first.year, locale)} – ${ends}`;
}
