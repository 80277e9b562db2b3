"use client";

import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { useState } from "react";

import { ApiError } from "@/api/errors";
import { endIntent, keyOfIntent } from "@/api/intent";
import { useRefusal } from "@/features/errors";

import { initiatePayment } from "./initiate";
import type { MethodCode, PaymentAction } from "./methods";
import { sendAway } from "./send-away";

/** What `initiate` refuses though there is a payment to look at: the result page says what is true of it. */
const DECIDED = ["already_paid", "payment_in_progress"];

/** Takes care of a refusal itself, with what would try again, and returns whether it did. */
export type OnRefused = (error: unknown, again: () => void) => boolean;

/**
 * Opens an attempt to pay and sends the browser to it.
 *
 * It stays busy through the way out, so that a second click opens no second attempt; a browser that comes back
 * by its Back button, with the page as it was, can try again.
 */
export function usePaying(bookingId: number, onRefused?: OnRefused) {
  const locale = useLocale();
  const router = useRouter();
  const refusal = useRefusal();
  const [busy, setBusy] = useState(false);

  async function pay(method: MethodCode, onAction?: (action: PaymentAction) => void): Promise<void> {
    if (busy) return;
    setBusy(true);
    refusal.clear();
    const intent = `pay ${bookingId} ${method}`;
    try {
      const { action } = await initiatePayment(bookingId, method, keyOfIntent(intent));
      endIntent(intent);
      window.addEventListener("pageshow", ({ persisted }) => persisted && setBusy(false), { once: true });
      if (onAction) onAction(action);
      else sendAway(action);
    } catch (error) {
      if (!(error instanceof ApiError) || !error.isUnreachable) endIntent(intent);
      setBusy(false);
      if (error instanceof ApiError && DECIDED.includes(error.code)) {
        router.push(`/${locale}/booking/${bookingId}/result`);
      } else if (!onRefused?.(error, () => void pay(method, onAction))) {
        refusal.refuse(error, () => undefined);
      }
    }
  }

  return { pay, busy, setBusy, ...refusal };
}
