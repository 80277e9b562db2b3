import { type ChosenTime, wrongContact } from "@/features/booking-wizard";

import type { Order } from "./order";

/** What is wrong with a field, and its label where that doesn't say which it is, in words of the wizard's. */
export interface Wrong {
  field: string;
  label?: "address" | "city" | "phone";
  kind: "timeMissing" | "methodMissing" | "wrong.missing" | "wrong.phone";
}

const LABELLED = ["address", "city", "phone"] as const;

/** Returns what is wrong, in the order of the page; the server looks at all of it again. */
export function wrongOrder(order: Order, chosen: ChosenTime | null): Wrong[] {
  const contact = wrongContact(order);
  const wrong: Wrong[] = chosen ? [] : [{ field: "time", kind: "timeMissing" }];
  for (const field of LABELLED) {
    const kind = contact[field];
    if (kind) wrong.push({ field, label: field, kind: `wrong.${kind}` });
  }
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
