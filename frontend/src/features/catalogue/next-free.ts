import "server-only";

import { getLocale } from "next-intl/server";

import { foundBy, publicApi } from "@/api/public";
import { flags } from "@/server/flags";

import type { Service } from "./types";

/**
 * Returns the first instant at which each of the services can be booked; null where none is near.
 *
 * Says nothing of any where free times aren't shown.
 */
export async function nextFreeByService(services: readonly Service[]): Promise<Map<number, string | null>> {
  if (services.length === 0 || !(await flags()).slots) return new Map();
  const api = await publicApi(await getLocale());
  const query = { service_id: [...new Set(services.map(({ id }) => id))].join(",") };
  const found = await foundBy(api.GET("/api/booking-slots/next-available/", { params: { query } }));
  return new Map(found?.map(({ service, starts_at: startsAt }) => [service, startsAt]));
}
