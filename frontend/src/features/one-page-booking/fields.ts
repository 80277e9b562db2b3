import { type ChosenTime, wrongContact } from "@/features/booking-wizard";

import type { Order } from "./order";

/** A word of the wizard's for what is wrong. */
type Kind = "timeMissing" | "methodMissing" | "wrong.missing" | "wrong.phone";

interface Wrong {
  field: string;
  kind: Kind;
}

/** Returns what is wrong, in the order of the page; the server looks at all of it again. */
export function wrongOrder(order: Order, chosen: ChosenTime | null): Wrong[] {
  const wrong: Wrong[] = Object.entries(wrongContact(order)).map(([field, kind]) => ({
    field,
    kind: `wrong.${kind}`,
  }));
  if (!chosen) wrong.unshift({ field: "time", kind: "timeMissing" });
  if (!order.method) wrong.push({ field: "payment_method", kind: "methodMissing" });
  return wrong;
}

const FIELDS: Record<string, string> = {
  booking_date: "time",
  booking_time: "time",
  preferred_provider_gender: "gender",
};

/** Returns the field of the page that stands for one of the API's. */
export function fieldOf(attr: string): string {
  return FIELDS[attr] ?? attr;
}
