"use client";

import type { ApiError } from "@/api/errors";

import { Alternatives } from "./Alternatives";
import { alternativesOf } from "./lost-slot";
import type { ChosenTime } from "./model";

interface Props {
  error: ApiError;
  busy: boolean;
  onTake: (chosen: ChosenTime) => void;
}

/** The times that the API offers instead of one that was lost. */
export function LostTime({ error, busy, onTake }: Props) {
  return <Alternatives slots={alternativesOf(error)} busy={busy} onTake={onTake} />;
}
