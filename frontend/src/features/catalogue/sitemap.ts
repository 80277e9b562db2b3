import "server-only";

import { foundBy, publicApi } from "@/api/public";
import { defaultLocale } from "@/i18n/locales";

import { languagesOf } from "./languages";
import type { Service } from "./types";

const PAGE_SIZE = 100;
/** A sitemap may hold 50,000 addresses, and each service brings one in each language. */
const MOST_PAGES = 200;

/** Returns the paths, without language, of all that a search engine should know. */
export async function publicPaths(): Promise<string[]> {
  const services = await allServices();
  const providers = new Set(services.map(({ provider }) => provider));
  return [
    "",
    "/services",
    ...services.map(({ slug }) => `/services/${slug}`),
    ...[...providers].map((id) => `/providers/${id}`),
  ];
}

/** Returns a path's address in each language, below that of the site. */
export function addressesOf(path: string, site: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(languagesOf(path)).map(([locale, address]) => [locale, `${site}${address}`]),
  );
}

async function allServices(): Promise<Service[]> {
  const api = await publicApi(defaultLocale);
  const services: Service[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const query = { page, page_size: PAGE_SIZE };
    const found = await foundBy(api.GET("/api/services/", { params: { query } }));
    services.push(...(found?.results ?? []));
    if (!found?.next) break;
  }
  return services;
}
