import type { Locale } from "@/i18n/locales";

const DEVANAGARI_ZERO = 0x0966;

/**
 * Returns the text with its digits in the language's script.
 *
 * By hand: browsers lack Nepali in `Intl` where servers have it, and a page would differ from its rendering.
 */
export function digits(value: string | number, locale: Locale): string {
  const text = String(value);
  if (locale === "en") return text;
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(DEVANAGARI_ZERO + Number(digit)));
}

/** Returns a count for a message that says one thing of one and another of several: the number, and how it is written. */
export function counted(count: number, locale: Locale): { count: number; shown: string } {
  return { count, shown: digits(count, locale) };
}
