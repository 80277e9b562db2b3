"use client";

import { EsewaPayment } from "./EsewaPayment";
import { KhaltiPayment } from "./KhaltiPayment";

interface Props {
  bookingId: number;
  method: string;
  /** Rupees, as the server fixed them. */
  total: string;
}

/** The button that pays online, with whichever wallet was chosen. */
export function PayNow({ bookingId, method, total }: Props) {
  if (method === "khalti") return <KhaltiPayment bookingId={bookingId} total={total} />;
  if (method === "esewa") return <EsewaPayment bookingId={bookingId} total={total} />;
  return null;
}
