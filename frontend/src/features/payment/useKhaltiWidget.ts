"use client";

import { useState } from "react";

import { answerOf, api } from "@/api/browser";
import { ApiError } from "@/api/errors";

import { loadWidget, payInWidget, type WidgetPayment } from "./khalti-widget";
import type { Paying } from "./usePaying";

/** `blocked`: its script didn't come. `failed`: it came, and the payment in it went wrong. */
export type WidgetTrouble = "blocked" | "failed";

/**
 * Pays in Khalti's widget. Its token proves nothing: the server has Khalti verify it.
 *
 * A token is kept until the server has decided about it, so that an answer that was lost, or a login that has
 * ended, doesn't ask for a second payment.
 */
export function useKhaltiWidget(bookingId: number, paisa: number, paying: Paying) {
  const [trouble, setTrouble] = useState<WidgetTrouble | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [confirmed, setConfirmed] = useState<WidgetPayment | null>(null);

  async function shown(): Promise<WidgetPayment | null> {
    setTrouble(null);
    setIsOpen(true);
    let failure: WidgetTrouble = "blocked";
    try {
      await loadWidget();
      failure = "failed";
      return await payInWidget({ bookingId, paisa });
    } catch {
      setTrouble(failure);
      return null;
    } finally {
      setIsOpen(false);
    }
  }

  async function verified({ token, amount }: WidgetPayment): Promise<void> {
    try {
      await answerOf(
        api.POST("/api/payments/process-khalti-payment/", { body: { booking_id: bookingId, token, amount } }),
      );
    } catch (error) {
      if (error instanceof ApiError && error.status !== 401 && !error.isUnreachable) setConfirmed(null);
      throw error;
    }
  }

  const open = () => {
    let payment = confirmed;
    return paying.attempt(async () => {
      payment ??= await shown();
      if (!payment) return false;
      setConfirmed(payment);
      await verified(payment);
      paying.toResult();
      return true;
    });
  };

  return { open, isOpen, trouble };
}
