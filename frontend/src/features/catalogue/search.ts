import { slugOf } from "@/server/city";

/** What the list of services is narrowed and ordered by, as it stands in the address. */
export interface ServiceSearch {
  search?: string;
  category?: string;
  city?: string;
  min_price?: string;
  max_price?: string;
  ordering?: Ordering;
  page?: number;
  facets?: boolean;
  page_size?: number;
}

export const orderings = ["-rating", "price", "-price", "-created_at"] as const;

export type Ordering = (typeof orderings)[number];

type Query = Record<string, string | string[] | undefined>;

const LONGEST = 100;

/** Reads an address. What makes no sense there is left out rather than refused: people share such links. */
export function searchInAddress(query: Query): ServiceSearch {
  const page = Number(text(query.page) ?? 1);
  return {
    search: text(query.search),
    category: slugOf(text(query.category)),
    city: slugOf(text(query.city)),
    min_price: price(query.min_price),
    max_price: price(query.max_price),
    ordering: orderings.find((ordering) => ordering === query.ordering),
    page: Number.isSafeInteger(page) && page > 1 && page < 100_000 ? page : undefined,
  };
}

/** Returns the address of a search, with some of it changed; a change begins at the first page again. */
export function searchAddress(
  locale: string,
  search: ServiceSearch,
  changes: Partial<ServiceSearch> = {},
): string {
  const query = new URLSearchParams();
  const wanted = { ...search, page: undefined, ...changes };
  for (const [name, value] of Object.entries(wanted)) {
    if (value !== undefined && value !== "") query.set(name, String(value));
  }
  const written = query.toString();
  return `/${locale}/services${written ? `?${written}` : ""}`;
}

/** Whether anything narrows the list. */
export function isNarrowed({ search, category, city, min_price, max_price }: ServiceSearch): boolean {
  return [search, category, city, min_price, max_price].some((value) => value !== undefined);
}

function text(value: string | string[] | undefined): string | undefined {
  const trimmed = typeof value === "string" ? value.trim().slice(0, LONGEST) : "";
  return trimmed || undefined;
}

function price(value: string | string[] | undefined): string | undefined {
  const found = text(value);
  return found && /^\d{1,7}(\.\d{1,2})?$/.test(found) ? found : undefined;
}
