import { locales } from "@/i18n/locales";

/** Returns the addresses of a page in each language, for search engines. */
export function languagesOf(path: string): Record<string, string> {
  return Object.fromEntries(locales.map((locale) => [locale, `/${locale}${path}`]));
}
