import type { components } from "@/api/schema";

type Booking = components["schemas"]["Booking"];

/** What the result page says. Each is true of the booking and its payment as the server knows them now. */
export type Outcome =
  | "paid" // confirmed and paid
  | "requested" // sent to the provider, paid on site
  | "transfer" // waits for a bank transfer
  | "deciding" // the wallet has not decided yet
  | "failed" // not paid; the draft can still be
  | "expired" // not paid, and the time is not held any more
  | "goingBack" // money arrived too late and goes back
  | "returned" // it has gone back
  | "doubtful" // a person of ours looks at it
  | "over"; // the booking has ended in another way

const WAITING = ["pending", "processing"];

/**
 * Returns what is true of a booking, by its status and that of its payment. `now` in milliseconds.
 *
 * Only the wizard tells when a hold ends. Where it is off, `undefined`: a new try to pay then finds out.
 */
export function outcomeOf(booking: Booking, holdExpiresAt: string | null | undefined, now: number): Outcome {
  const { status, payment_status: payment, payment_method: method } = booking;
  if (payment === "needs_attention") return "doubtful";
  if (payment === "refund_pending") return "goingBack";
  if (payment === "refunded") return "returned";
  if (["confirmed", "in_progress", "completed"].includes(status))
    return payment === "completed" ? "paid" : "requested";
  if (status === "pending") return method === "bank_transfer" ? "transfer" : "requested";
  if (status !== "draft" && status !== "expired") return "over";
  if (payment === "processing") return "deciding";
  if (status === "expired") return "expired";
  const isHeld = holdExpiresAt === undefined || (holdExpiresAt !== null && Date.parse(holdExpiresAt) > now);
  return isHeld || WAITING.includes(payment) ? "failed" : "expired";
}
