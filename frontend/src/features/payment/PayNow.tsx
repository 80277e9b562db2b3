"use client";

import { useFlags } from "@/features/flags";

import { FormPayment } from "./FormPayment";
import { KhaltiPayment } from "./KhaltiPayment";
import { isPaidByForm } from "./methods";
import { OnlyCash } from "./OnlyCash";
import type { OnRefused } from "./usePaying";

interface Props {
  bookingId: number;
  method: string;
  /** Rupees, as the server fixed them. */
  total: string;
  onRefused?: OnRefused;
}

/** The button that pays online, at whichever gateway was chosen. */
export function PayNow({ bookingId, method, total, onRefused }: Props) {
  const { payments } = useFlags();
  if (!payments) return <OnlyCash />;
  if (method === "khalti") return <KhaltiPayment {...{ bookingId, total, onRefused }} />;
  if (isPaidByForm(method)) return <FormPayment {...{ bookingId, method, total, onRefused }} />;
  return null;
}
