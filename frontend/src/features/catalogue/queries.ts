import "server-only";

import { getLocale } from "next-intl/server";

import { foundBy, publicApi } from "@/api/public";

import type { ServiceSearch } from "./search";
import type { Category, City, Provider, Service } from "./types";

const ALL = 100;

export async function categories(): Promise<Category[]> {
  const api = await publicApi(await getLocale());
  const found = await foundBy(api.GET("/api/service-categories/", { params: { query: { page_size: ALL } } }));
  return found?.results ?? [];
}

export async function cities(): Promise<City[]> {
  const api = await publicApi(await getLocale());
  const found = await foundBy(api.GET("/api/cities/", { params: { query: { page_size: ALL } } }));
  return found?.results ?? [];
}

/** Returns a page of services, or null where that page doesn't exist. */
export async function servicesFound(search: ServiceSearch) {
  const api = await publicApi(await getLocale());
  return foundBy(api.GET("/api/services/", { params: { query: search } }));
}

export async function serviceBySlug(slug: string): Promise<Service | null> {
  const api = await publicApi(await getLocale());
  const found = await foundBy(api.GET("/api/services/", { params: { query: { slug } } }));
  return found?.results[0] ?? null;
}

export async function provider(id: number): Promise<Provider | null> {
  const api = await publicApi(await getLocale());
  return foundBy(api.GET("/api/providers/{id}/", { params: { path: { id } } }));
}

export async function reviewsOf(serviceId: number, page: number) {
  const api = await publicApi(await getLocale());
  const query = { page, page_size: 10 };
  return foundBy(api.GET("/api/services/{id}/reviews/", { params: { path: { id: serviceId }, query } }));
}

/** Returns the first `count` days of a month that have free times, from a day on. */
export async function nextFreeDays(serviceId: number, month: string, from: string, count: number) {
  const api = await publicApi(await getLocale());
  const days = await foundBy(
    api.GET("/api/booking-slots/available-dates/", { params: { query: { service_id: serviceId, month } } }),
  );
  return (days ?? []).filter((day) => day.date >= from && day.available_slots > 0).slice(0, count);
}
