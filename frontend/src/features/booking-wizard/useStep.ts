"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { ApiError } from "@/api/errors";
import { type FieldOf, useRefusal } from "@/features/errors";

import { alternativesOf, isSlotLost } from "./lost-slot";
import type { Progress, Slot, StepBody } from "./model";
import { refreshFreeTimes, rememberProgress, sendStep } from "./queries";

/**
 * Sends steps: one at a time, whatever is clicked meanwhile.
 *
 * A lost slot is told apart from other refusals, and so is a login that has ended: what was being sent waits,
 * and goes on after the new login.
 */
export function useStep() {
  const client = useQueryClient();
  const refusal = useRefusal();
  const [busy, setBusy] = useState(false);
  const [lost, setLost] = useState<readonly Slot[] | null>(null);
  const [waiting, setWaiting] = useState<(() => void) | null>(null);

  async function send(
    body: StepBody,
    onDone: (progress: Progress) => void | Promise<void>,
    { fieldOf, key }: { fieldOf?: FieldOf; key?: string } = {},
  ): Promise<void> {
    if (busy) return;
    setBusy(true);
    refusal.clear();
    try {
      const progress = await sendStep(body, key);
      setLost(null);
      rememberProgress(client, progress);
      await onDone(progress);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        setWaiting(() => () => void send(body, onDone, { fieldOf, key }));
      } else if (isSlotLost(error)) {
        setLost(alternativesOf(error));
        await refreshFreeTimes(client);
      } else {
        refusal.refuse(error, fieldOf);
      }
    } finally {
      setBusy(false);
    }
  }

  const goOn = () => {
    const again = waiting;
    setWaiting(null);
    again?.();
  };

  return {
    send,
    busy,
    lost,
    ...refusal,
    loginEnded: waiting !== null,
    goOn,
    stayOut: () => setWaiting(null),
  };
}

export type Step = ReturnType<typeof useStep>;
