import { ApiError } from "@/api/errors";

import type { Occurrence, Slot } from "./model";

function listIn(body: unknown, name: string): unknown[] {
  if (typeof body !== "object" || body === null) return [];
  const found: unknown = Object.entries(body).find(([key]) => key === name)?.[1];
  return Array.isArray(found) ? found : [];
}

function isSlot(value: unknown): value is Slot {
  return typeof value === "object" && value !== null && "starts_at" in value && "start_time" in value;
}

function isOccurrence(value: unknown): value is Occurrence {
  return typeof value === "object" && value !== null && "available" in value && "time" in value;
}

/** Returns the bookable times nearest to one that was lost, where the error is that one. */
export function alternativesOf(error: ApiError): Slot[] {
  return listIn(error.body, "alternatives").filter(isSlot);
}

/** Returns which bookings of a wanted series have room and which have none. */
export function occurrencesOf(error: ApiError): Occurrence[] {
  return listIn(error.body, "occurrences").filter(isOccurrence);
}

export function isSlotLost(error: unknown): error is ApiError {
  return error instanceof ApiError && (error.code === "slot_unavailable" || error.code === "hold_expired");
}
