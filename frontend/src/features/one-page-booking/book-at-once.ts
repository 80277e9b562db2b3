import { answerOf, api } from "@/api/browser";
import { endIntent, keyOfIntent } from "@/api/intent";
import { ApiError } from "@/api/errors";
import type { components } from "@/api/schema";
import type { ChosenTime, Wish } from "@/features/booking-wizard";

import type { Order } from "./order";

type Booked = components["schemas"]["Booked"];

interface Wanted {
  serviceId: number;
  time: ChosenTime;
  wish: Wish;
  order: Order;
}

/**
 * Books in one call. The key makes a second click, or a second try after a lost answer, the same booking.
 *
 * Throws an ApiError; `idempotency_key_reused` where an earlier try had arrived, and what is sent now differs.
 */
export async function bookAtOnce({ serviceId, time, wish, order }: Wanted): Promise<Booked> {
  const { method, ...contact } = order;
  const intent = `book ${serviceId} at once`;
  try {
    const booked = await answerOf(
      api.POST("/api/bookings/", {
        params: { header: { "Idempotency-Key": keyOfIntent(intent) } },
        body: {
          service: serviceId,
          booking_date: time.date,
          booking_time: time.time,
          staff: wish.staff,
          preferred_provider_gender: wish.gender,
          ...contact,
          is_recurring: false,
          on_conflict: "fail",
          payment_method: method,
        },
      }),
    );
    endIntent(intent);
    return booked;
  } catch (error) {
    if (wasSentBefore(error)) endIntent(intent);
    throw error;
  }
}

export function wasSentBefore(error: unknown): boolean {
  return error instanceof ApiError && error.code === "idempotency_key_reused";
}
