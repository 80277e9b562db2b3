import "server-only";

import { getLocale } from "next-intl/server";

import { foundBy, publicApi } from "@/api/public";

import type { Service } from "./types";

/** Returns the first instant at which each of the services can be booked; null where none is near. */
export async function nextFreeByService(services: readonly Service[]): Promise<Map<number, string | null>> {
  if (services.length === 0) return new Map();
  const api = await publicApi(await getLocale());
  const query = { service_id: services.map(({ id }) => id).join(",") };
  const found = await foundBy(api.GET("/api/booking-slots/next-available/", { params: { query } }));
  return new Map(found?.map(({ service, starts_at: startsAt }) => [service, startsAt]));
}
