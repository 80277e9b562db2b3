"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";

import { ApiError } from "@/api/errors";
import { type FieldOf, useRefusal } from "@/features/errors";

import { alternativesOf, isSlotLost } from "./lost-slot";
import type { ChosenTime, Progress, Slot, StepBody } from "./model";
import { refreshFreeTimes, refreshProgress, rememberProgress, sendStep } from "./queries";

/**
 * Sends steps: one at a time, whatever is clicked meanwhile.
 *
 * A lost slot is told apart from other refusals, and so is a login that has ended: what was being sent waits,
 * and goes on after the new login.
 */
export function useStep() {
  const client = useQueryClient();
  const router = useRouter();
  const refusal = useRefusal();
  const [sending, setSending] = useState(false);
  const [leaving, startLeaving] = useTransition();
  const [lost, setLost] = useState<readonly Slot[] | null>(null);
  const [waiting, setWaiting] = useState<(() => void) | null>(null);
  const busy = sending || leaving;

  async function send(
    body: StepBody,
    onDone: (progress: Progress) => void | Promise<void>,
    { fieldOf, key }: { fieldOf?: FieldOf; key?: string } = {},
  ): Promise<void> {
    if (busy) return;
    setSending(true);
    refusal.clear();
    try {
      const progress = await sendStep(body, key);
      setLost(null);
      await rememberProgress(client, progress);
      await onDone(progress);
    } catch (error) {
      if (!meet(error, () => void send(body, onDone, { fieldOf, key }))) refusal.refuse(error, fieldOf);
    } finally {
      setSending(false);
    }
  }

  /** Takes care of a lost slot and of a login that has ended; returns whether it was one of them. */
  function meet(error: unknown, again: () => void): boolean {
    if (!(error instanceof ApiError)) return false;
    // Another tab or device has gone on meanwhile: the wizard leads to where the booking stands.
    if (error.status === 409) void refreshProgress(client);
    if (error.status === 401) {
      setWaiting(() => again);
      return true;
    }
    if (!isSlotLost(error)) return false;
    setLost(alternativesOf(error));
    void refreshFreeTimes(client);
    return true;
  }

  /** Holds another time for a draft, or the same again; the step that is being taken stays. */
  const takeTime = ({ booking_id, wanted_staff }: Progress, { date, time }: ChosenTime) =>
    void send(
      {
        booking_step: "datetime_selection",
        booking_id,
        booking_date: date,
        booking_time: time,
        staff: wanted_staff,
      },
      () => undefined,
    );

  /** Stays busy until the other page is there: a second click would put it into the history twice. */
  const goTo = (address: string) => startLeaving(() => router.push(address));
  const replaceBy = (address: string) => startLeaving(() => router.replace(address));

  const goOn = () => {
    const again = waiting;
    setWaiting(null);
    again?.();
  };

  return {
    send,
    meet,
    takeTime,
    goTo,
    replaceBy,
    busy,
    lost,
    ...refusal,
    loginEnded: waiting !== null,
    goOn,
    stayOut: () => setWaiting(null),
  };
}

export type Step = ReturnType<typeof useStep>;
