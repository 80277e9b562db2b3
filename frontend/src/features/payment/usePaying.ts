"use client";

import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { useRef, useState } from "react";

import { ApiError } from "@/api/errors";
import { endIntent, keyOfIntent } from "@/api/intent";
import { startAnew } from "@/features/account";
import { useRefusal } from "@/features/errors";

import { initiatePayment } from "./initiate";
import type { MethodCode } from "./methods";
import { sendAway } from "./send-away";

/** What is refused though there is a payment to look at: the result page says what is true of it. */
const DECIDED = ["already_paid", "payment_in_progress"];

/** Takes care of a refusal itself, with what would try again, and returns whether it did. */
export type OnRefused = (error: unknown, again: () => void) => boolean;

/**
 * Pays, one attempt at a time, whatever is clicked meanwhile.
 *
 * Where the login has ended, what was being done waits, and goes on after the new login.
 */
export function usePaying(bookingId: number, onRefused?: OnRefused) {
  const locale = useLocale();
  const router = useRouter();
  const refusal = useRefusal();
  const [busy, setBusy] = useState(false);
  const [waiting, setWaiting] = useState<(() => void) | null>(null);
  const loggedInAgain = useRef(false);

  const toResult = () => router.push(`/${locale}/booking/${bookingId}/result`);

  /** Does one thing that pays. It returns whether the browser leaves: the page stays busy on the way out. */
  async function attempt(act: () => Promise<boolean>): Promise<void> {
    if (busy) return;
    setBusy(true);
    refusal.clear();
    let leaves = false;
    try {
      leaves = await act();
    } catch (error) {
      const again = () => void attempt(act);
      if (error instanceof ApiError && DECIDED.includes(error.code)) toResult();
      else if (onRefused?.(error, again)) return;
      else if (error instanceof ApiError && error.status === 401) setWaiting(() => again);
      // Not there for who has just logged in: it is another person's.
      else if (error instanceof ApiError && error.status === 404 && loggedInAgain.current) startAnew(locale);
      else refusal.refuse(error, () => undefined);
    } finally {
      if (!leaves) setBusy(false);
    }
  }

  /** Opens an attempt and sends the browser to it. Who comes back by Back, to the page as it was, can try again. */
  const pay = (method: MethodCode) =>
    attempt(async () => {
      const intent = `pay ${bookingId} ${method}`;
      try {
        const { action } = await initiatePayment(bookingId, method, keyOfIntent(intent));
        endIntent(intent);
        window.addEventListener("pageshow", ({ persisted }) => persisted && setBusy(false), { once: true });
        sendAway(action);
        return true;
      } catch (error) {
        if (!(error instanceof ApiError) || !error.isUnreachable) endIntent(intent);
        throw error;
      }
    });

  const goOn = () => {
    setWaiting(null);
    loggedInAgain.current = true;
    waiting?.();
  };

  return {
    pay,
    attempt,
    toResult,
    busy,
    items: refusal.items,
    login: { ended: waiting !== null, goOn, stayOut: () => setWaiting(null) },
  };
}

export type Paying = ReturnType<typeof usePaying>;
