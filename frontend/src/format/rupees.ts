import type { Locale } from "@/i18n/locales";

import { digits } from "./digits";

/**
 * Returns an amount of rupees with its sign and lakh grouping: `Rs 1,50,000`, `रु १,५०,०००`.
 *
 * Takes the API's decimal string. Paisa are shown only where there are any. Works on the text alone, so that no
 * amount is ever a float.
 */
export function rupees(amount: string, locale: Locale): string {
  const negative = amount.startsWith("-");
  const [whole = "0", paisa = "00"] = amount.replace("-", "").split(".");
  const fraction = /^0*$/.test(paisa) ? "" : `.${paisa.padEnd(2, "0")}`;
  const sign = locale === "ne" ? "रु" : "Rs";
  return `${negative ? "−" : ""}${sign}\u00a0${digits(`${grouped(whole)}${fraction}`, locale)}`;
}

/** Three digits, then pairs: thousand, lakh, crore. */
function grouped(whole: string): string {
  const last = whole.slice(-3);
  const before = whole.slice(0, -3).replace(/\B(?=(\d{2})+$)/g, ",");
  return before ? `${before},${last}` : last;
}

/** Returns whether a decimal string is more than nothing. */
export function isSomething(amount: string): boolean {
  return !amount.startsWith("-") && /[1-9]/.test(amount);
}
