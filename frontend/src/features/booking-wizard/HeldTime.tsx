"use client";

import { HoldClock } from "./HoldClock";
import type { Progress } from "./model";
import type { Step } from "./useStep";

/** The clock of the hold on this step, which asks for the same time again once it ran out. */
export function HeldTime({ progress, step }: { progress: Progress; step: Step }) {
  const { booking, hold_expires_at: expiresAt } = progress;
  if (!expiresAt || !booking.booking_date || !booking.booking_time) return null;
  const renew = () =>
    void step.send(
      {
        booking_step: "datetime_selection",
        booking_id: progress.booking_id,
        booking_date: booking.booking_date ?? "",
        booking_time: booking.booking_time ?? "",
        staff: booking.staff,
      },
      () => undefined,
    );
  return <HoldClock key={expiresAt} expiresAt={expiresAt} onRenew={renew} renewing={step.busy} />;
}
