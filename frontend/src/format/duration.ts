import type { Locale } from "@/i18n/locales";

import { digits } from "./digits";

const LONGEST_SECONDS = 90;

const WORDS: Record<Locale, { hours: string; minutes: string }> = {
  en: { hours: "h", minutes: "min" },
  ne: { hours: "घण्टा", minutes: "मिनेट" },
};

/** `1 h 30 min`; `१ घण्टा ३० मिनेट`. */
export function duration(minutes: number, locale: Locale): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [];
  if (hours > 0) parts.push(`${digits(hours, locale)} ${WORDS[locale].hours}`);
  if (rest > 0 || hours === 0) parts.push(`${digits(rest, locale)} ${WORDS[locale].minutes}`);
  return parts.join(" ");
}

/** How long to wait, in words: `45 seconds`, and above 90 of them `52 minutes`. Never too short. */
export function waitingTime(seconds: number, locale: Locale): string {
  const left = Math.ceil(seconds);
  if (left > LONGEST_SECONDS) {
    return `${digits(Math.ceil(left / 60), locale)} ${locale === "ne" ? "मिनेट" : "minutes"}`;
  }
  const unit = left === 1 ? "second" : "seconds";
  return `${digits(left, locale)} ${locale === "ne" ? "सेकेन्ड" : unit}`;
}

/** `14:05` of the seconds that are left; never below nought. */
export function countdown(seconds: number, locale: Locale): string {
  const left = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(left / 60);
  return digits(`${minutes}:${String(left % 60).padStart(2, "0")}`, locale);
}
