"use client";

import { useQueryClient } from "@tanstack/react-query";

import type { FieldOf } from "@/features/errors";

import type { Progress, StepBody } from "./model";
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
    const goOn = (progress: Progress) => {
      rememberProgress(client, progress);
      return onDone(progress);
    };
    return sending.send(() => sendStep(body, key), goOn, fieldOf);
  }

  return { ...sending, send };
}

export type Step = ReturnType<typeof useStep>;
