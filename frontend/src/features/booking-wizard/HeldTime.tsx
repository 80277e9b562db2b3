"use client";

import { HoldClock } from "./HoldClock";
import type { Progress } from "./model";
import type { Step } from "./useStep";

/**
 * The clock of the hold, above the step. Once it ran out it asks for the same time again; not while a lost time's
 * alternatives stand there.
 */
export function HeldTime({ progress, step }: { progress: Progress; step: Step }) {
  const { booking, hold_expires_at: expiresAt } = progress;
  const { booking_date: date, booking_time: time } = booking;
  if (!date || !time || step.lost) return null;
  return (
    <HoldClock
      key={expiresAt}
      expiresAt={expiresAt}
      onRenew={() => step.takeTime(progress, { date, time })}
      renewing={step.busy}
    />
  );
}
