"use client";

import { useState } from "react";

import type { StepName } from "./model";

const keyOf = (step: StepName, bookingId: number) => `${step} ${bookingId}`;

function kept<Value extends object>(step: StepName, bookingId?: number): Partial<Value> {
  const text = bookingId === undefined ? null : sessionStorage.getItem(keyOf(step, bookingId));
  if (!text) return {};
  const typed: Partial<Value> = JSON.parse(text);
  return typed;
}

/**
 * What somebody has changed on a step and not sent yet: a reload, Back, or a hold that ran out loses none of it.
 *
 * It is kept in this tab, and only what was changed: the rest is the server's, whom another device may have told
 * more. Before there is a draft nothing is kept.
 */
export function useTyped<Value extends object>(step: StepName, bookingId?: number) {
  const [typed, setTyped] = useState<Partial<Value>>(() => kept<Value>(step, bookingId));

  const type = (changes: Partial<Value>) => {
    const next = { ...typed, ...changes };
    setTyped(next);
    if (bookingId !== undefined) sessionStorage.setItem(keyOf(step, bookingId), JSON.stringify(next));
  };
  const forget = () => {
    if (bookingId !== undefined) sessionStorage.removeItem(keyOf(step, bookingId));
  };
  return { typed, type, forget };
}
