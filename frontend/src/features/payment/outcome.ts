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
  | "unpaid" // the booking stands, and the wallet didn't pay for it
  | "goingBack" // money arrived too late and goes back
  | "refunding" // money of a booking that was made goes back
  | "returned" // all of it has gone back
  | "partlyReturned" // part of it has gone back, and the booking has ended
  | "doubtful" // a person of ours looks at it
  | "over"; // the booking has ended in another way

const WAITING = ["pending", "processing"];
const MADE = ["pending", "confirmed", "in_progress", "completed"];

/**
 * Returns what is true of a booking, by its status and that of its payment. `now` in milliseconds.
 *
 * Only the wizard tells when a hold ends. Where it is off, `undefined`: a new try to pay then finds out.
 */
export function outcomeOf(booking: Booking, holdExpiresAt: string | null | undefined, now: number): Outcome {
  const { status, payment_status: payment } = booking;
  const isOpen = status === "draft" || status === "expired";
  if (payment === "needs_attention") return "doubtful";
  if (payment === "refund_pending") return isOpen ? "goingBack" : "refunding";
  if (payment === "refunded") return "returned";
  if (MADE.includes(status)) return outcomeOfMade(booking);
  if (!isOpen) return payment === "partially_refunded" ? "partlyReturned" : "over";
  if (payment === "processing") return "deciding";
  if (status === "expired") return "expired";
  const isHeld = holdExpiresAt === undefined || (holdExpiresAt !== null && Date.parse(holdExpiresAt) > now);
  return isHeld || WAITING.includes(payment) ? "failed" : "expired";
}

/** A booking that is made may still be paid: by transfer, by a wallet at the door, a later one of a series. */
function outcomeOfMade({ status, payment_status: payment, payment_method: method }: Booking): Outcome {
  if (payment === "completed" || payment === "partially_refunded") return "paid";
  if (status === "pending" && method === "bank_transfer") return "transfer";
  if (payment === "processing") return "deciding";
  return payment === "failed" || payment === "expired" ? "unpaid" : "requested";
}
