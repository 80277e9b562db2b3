import type { Locale } from "@/i18n/locales";

import { digits } from "./digits";

/** A day as the API says it, in the marketplace's zone: `2026-12-01`. */
export type Day = string;

const MONTHS: Record<Locale, readonly string[]> = {
  en: "January February March April May June July August September October November December".split(" "),
  ne: "जनवरी फेब्रुअरी मार्च अप्रिल मे जुन जुलाई अगस्ट सेप्टेम्बर अक्टोबर नोभेम्बर डिसेम्बर".split(" "),
};

/** Monday first, as working hours count them. */
const WEEKDAYS: Record<Locale, readonly string[]> = {
  en: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" "),
  ne: "सोमबार मंगलबार बुधबार बिहीबार शुक्रबार शनिबार आइतबार".split(" "),
};

const WEEKDAYS_SHORT: Record<Locale, readonly string[]> = {
  en: "Mon Tue Wed Thu Fri Sat Sun".split(" "),
  ne: "सोम मंगल बुध बिही शुक्र शनि आइत".split(" "),
};

interface Parts {
  year: number;
  month: number;
  date: number;
}

export function partsOf(day: Day): Parts {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return { year, month, date };
}

/** Returns the day's number in the count of days since 1970, by which days are moved and compared. */
export function dayNumber(day: Day): number {
  const { year, month, date } = partsOf(day);
  return Math.floor(Date.UTC(year, month - 1, date) / 86_400_000);
}

export function dayOfNumber(number: number): Day {
  return new Date(number * 86_400_000).toISOString().slice(0, 10);
}

export function addDays(day: Day, count: number): Day {
  return dayOfNumber(dayNumber(day) + count);
}

/** Returns 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: Day): number {
  return (dayNumber(day) + 3) % 7;
}

/** Returns the month of a day: `2026-12`. */
export function monthOf(day: Day): string {
  return day.slice(0, 7);
}

export function addMonths(month: string, count: number): string {
  const { year, month: number } = partsOf(`${month}-01`);
  const months = year * 12 + number - 1 + count;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, "0")}`;
}

export function daysInMonth(month: string): number {
  return dayNumber(`${addMonths(month, 1)}-01`) - dayNumber(`${month}-01`);
}

export function monthName(month: string, locale: Locale): string {
  const { year, month: number } = partsOf(`${month}-01`);
  return `${MONTHS[locale][number - 1]} ${digits(year, locale)}`;
}

export function weekdayName(weekday: number, locale: Locale, length: "long" | "short" = "long"): string {
  return (length === "long" ? WEEKDAYS : WEEKDAYS_SHORT)[locale][weekday] ?? "";
}

/** `Tuesday, 1 December 2026`; `मंगलबार, १ डिसेम्बर २०२६`. */
export function longDate(day: Day, locale: Locale): string {
  return `${weekdayName(weekdayOf(day), locale)}, ${plainDate(day, locale)}`;
}

/** `1 December 2026`. */
export function plainDate(day: Day, locale: Locale): string {
  const { date } = partsOf(day);
  return `${digits(date, locale)} ${monthName(monthOf(day), locale)}`;
}

/** `Tue 1 December`. */
export function shortDate(day: Day, locale: Locale): string {
  const { month, date } = partsOf(day);
  return `${weekdayName(weekdayOf(day), locale, "short")} ${digits(date, locale)} ${MONTHS[locale][month - 1]}`;
}

/** `09:30`, from `09:30:00` or from an instant of the API, which carries the marketplace's own offset. */
export function clockTime(timeOrInstant: string, locale: Locale): string {
  const time = timeOrInstant.includes("T") ? timeOrInstant.slice(11, 16) : timeOrInstant.slice(0, 5);
  return digits(time, locale);
}

/** Returns the day of an instant of the API in the marketplace's zone. */
export function dayOf(instant: string): Day {
  return instant.slice(0, 10);
}
