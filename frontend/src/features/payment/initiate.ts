import { answerOf, api } from "@/api/browser";
import type { components } from "@/api/schema";

import type { MethodCode } from "./methods";

export type InitiatedPayment = components["schemas"]["InitiatedPayment"];

/**
 * Opens an attempt to pay. `key`: the same for a second click, so that one intent is one attempt.
 *
 * Throws an ApiError; `already_paid` and `payment_in_progress` are answers too, which the result page explains.
 */
export function initiatePayment(
  bookingId: number,
  method: MethodCode,
  key: string,
): Promise<InitiatedPayment> {
  return answerOf(
    api.POST("/api/payments/initiate/", {
      params: { header: { "Idempotency-Key": key } },
      body: { booking_id: bookingId, payment_method: method },
    }),
  );
}
