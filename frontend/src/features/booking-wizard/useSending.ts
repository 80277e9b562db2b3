"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { useRef, useState, useTransition } from "react";

import { ApiError } from "@/api/errors";
import { startAnew } from "@/features/account";
import { type FieldOf, useRefusal } from "@/features/errors";

import { alternativesOf, isSlotLost } from "./lost-slot";
import type { Slot } from "./model";
import { refreshFreeTimes, refreshProgress } from "./queries";

/**
 * Sends what books a time: one request at a time, whatever is clicked meanwhile.
 *
 * A lost slot is told apart from other refusals, and so is a login that has ended: what was being sent waits,
 * and goes on after the new login.
 */
export function useSending() {
  const client = useQueryClient();
  const router = useRouter();
  const locale = useLocale();
  const refusal = useRefusal();
  const [sending, setSending] = useState(false);
  const [leaving, startLeaving] = useTransition();
  const [lost, setLost] = useState<readonly Slot[] | null>(null);
  const [waiting, setWaiting] = useState<(() => void) | null>(null);
  const loggedInAgain = useRef(false);
  const busy = sending || leaving;

  async function send<Answer>(
    request: () => Promise<Answer>,
    onDone: (answer: Answer) => void | Promise<void>,
    fieldOf?: FieldOf,
  ): Promise<void> {
    if (busy) return;
    setSending(true);
    refusal.clear();
    try {
      const answer = await request();
      setLost(null);
      await onDone(answer);
    } catch (error) {
      if (!meet(error, () => void send(request, onDone, fieldOf))) refusal.refuse(error, fieldOf);
    } finally {
      setSending(false);
    }
  }

  /** Takes care of a lost slot, and of a login that has ended or is another's now; returns whether it was such. */
  function meet(error: unknown, again: () => void): boolean {
    if (!(error instanceof ApiError)) return false;
    // Another tab or device has gone on meanwhile: the wizard leads to where the booking stands.
    if (error.status === 409) void refreshProgress(client);
    if (error.status === 401) {
      setWaiting(() => again);
      return true;
    }
    if (error.status === 404 && loggedInAgain.current) {
      startAnew(locale);
      return true;
    }
    if (!isSlotLost(error)) return false;
    setLost(alternativesOf(error));
    void refreshFreeTimes(client);
    return true;
  }

  /** Stays busy until the other page is there: a second click would put it into the history twice. */
  const goTo = (address: string) => startLeaving(() => router.push(address));
  const replaceBy = (address: string) => startLeaving(() => router.replace(address));

  const goOn = () => {
    const again = waiting;
    setWaiting(null);
    loggedInAgain.current = true;
    again?.();
  };

  return {
    send,
    meet,
    goTo,
    replaceBy,
    busy,
    lost,
    forgetLost: () => setLost(null),
    ...refusal,
    loginEnded: waiting !== null,
    goOn,
    stayOut: () => setWaiting(null),
  };
}

export type Sending = ReturnType<typeof useSending>;
