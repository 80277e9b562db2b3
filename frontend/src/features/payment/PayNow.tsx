"use client";

import { useFlags } from "@/features/flags";

import { EsewaPayment } from "./EsewaPayment";
import { KhaltiPayment } from "./KhaltiPayment";
import { OnlyCash } from "./OnlyCash";

interface Props {
  bookingId: number;
  method: string;
  /** Rupees, as the server fixed them. */
  total: string;
}

/** The button that pays online, with whichever wallet was chosen. */
export function PayNow({ bookingId, method, total }: Props) {
  const { payments } = useFlags();
  if (!payments) return <OnlyCash />;
  if (method === "khalti") return <KhaltiPayment bookingId={bookingId} total={total} />;
  if (method === "esewa") return <EsewaPayment bookingId={bookingId} total={total} />;
  return null;
}
