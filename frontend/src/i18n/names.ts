import names from "@messages/ne/names.json";

import type { Locale } from "./locales";

/** What the API names in English alone. */
interface Named {
  slug: string;
  name: string;
}

const CATEGORIES = new Map(Object.entries(names.categories));
const CITIES = new Map(Object.entries(names.cities));

/** Returns what a category is called in a language; one that we have no word for by its own name. */
export function categoryName({ slug, name }: Named, locale: Locale): string {
  return (locale === "ne" && CATEGORIES.get(slug)) || name;
}

/** Returns what a city is called in a language; one that we have no word for by its own name. */
export function cityName({ slug, name }: Named, locale: Locale): string {
  return (locale === "ne" && CITIES.get(slug)) || name;
}

/** Returns the same of a city of which a booking keeps the name alone. */
export function cityCalled(name: string, locale: Locale): string {
  return cityName({ slug: name.toLowerCase(), name }, locale);
}
