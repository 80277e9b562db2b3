"use client";

import { useFlags } from "@/features/flags";

import { EsewaPayment } from "./EsewaPayment";
import { KhaltiPayment } from "./KhaltiPayment";
import { OnlyCash } from "./OnlyCash";
import type { OnRefused } from "./usePaying";

interface Props {
  bookingId: number;
  method: string;
  /** Rupees, as the server fixed them. */
  total: string;
  onRefused?: OnRefused;
}

/** The button that pays online, with whichever wallet was chosen. */
export function PayNow({ bookingId, method, total, onRefused }: Props) {
  const { payments } = useFlags();
  if (!payments) return <OnlyCash />;
  if (method === "khalti") return <KhaltiPayment {...{ bookingId, total, onRefused }} />;
  if (method === "esewa") return <EsewaPayment {...{ bookingId, total, onRefused }} />;
  return null;
}
