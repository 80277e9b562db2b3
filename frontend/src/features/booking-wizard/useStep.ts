"use client";

import { useQueryClient } from "@tanstack/react-query";

import type { FieldOf } from "@/features/errors";

import type { ChosenTime, Progress, StepBody } from "./model";
import { rememberProgress, sendStep } from "./queries";
import { useSending } from "./useSending";

/** Sends steps, and remembers where the wizard then stands. */
export function useStep() {
  const client = useQueryClient();
  const sending = useSending();

  function send(
    body: StepBody,
    onDone: (progress: Progress) => void | Promise<void>,
    { fieldOf, key }: { fieldOf?: FieldOf; key?: string } = {},
  ): Promise<void> {
    const goOn = async (progress: Progress) => {
      await rememberProgress(client, progress);
      return onDone(progress);
    };
    return sending.send(() => sendStep(body, key), goOn, fieldOf);
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

  return { ...sending, send, takeTime };
}

export type Step = ReturnType<typeof useStep>;
