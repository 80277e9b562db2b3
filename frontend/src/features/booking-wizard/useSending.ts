"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { ApiError } from "@/api/errors";
import { type FieldOf, useRefusal } from "@/features/errors";

import { alternativesOf, isSlotLost } from "./lost-slot";
import type { Slot } from "./model";
import { refreshFreeTimes } from "./queries";

/**
 * Sends what books a time: one request at a time, whatever is clicked meanwhile.
 *
 * A lost slot is told apart from other refusals, and so is a login that has ended: what was being sent waits,
 * and goes on after the new login.
 */
export function useSending() {
  const client = useQueryClient();
  const refusal = useRefusal();
  const [busy, setBusy] = useState(false);
  const [lost, setLost] = useState<readonly Slot[] | null>(null);
  const [waiting, setWaiting] = useState<(() => void) | null>(null);

  async function send<Answer>(
    request: () => Promise<Answer>,
    onDone: (answer: Answer) => void | Promise<void>,
    fieldOf?: FieldOf,
  ): Promise<void> {
    if (busy) return;
    setBusy(true);
    refusal.clear();
    try {
      const answer = await request();
      setLost(null);
      await onDone(answer);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        setWaiting(() => () => void send(request, onDone, fieldOf));
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
    forgetLost: () => setLost(null),
    ...refusal,
    loginEnded: waiting !== null,
    goOn,
    stayOut: () => setWaiting(null),
  };
}

export type Sending = ReturnType<typeof useSending>;
