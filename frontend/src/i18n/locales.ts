/** The languages of the site. An address always begins with one of them. */
export const locales = ["en", "ne"] as const;

export type Locale = (typeof locales)[number];

export const defaultLocale: Locale = "en";

/** Where a visitor's choice of language is kept. */
export const localeCookie = "language";

export function isLocale(value: string | undefined): value is Locale {
  return locales.some((locale) => locale === value);
}

/** Return the language that somebody without a choice is shown, by their browser's `Accept-Language`. */
export function preferredLocale(acceptLanguage: string | null): Locale {
  const wanted = (acceptLanguage ?? "").split(",").map((entry) => {
    const [tag = "", ...parameters] = entry.trim().toLowerCase().split(";");
    const weight = parameters.find((parameter) => parameter.trim().startsWith("q="));
    return { language: tag.split("-")[0], weight: weight ? Number(weight.trim().slice(2)) || 0 : 1 };
  });
  wanted.sort((one, other) => other.weight - one.weight);
  const found = wanted.map(({ language }) => language).find(isLocale);
  return found ?? defaultLocale;
}
