"use client";

import type { ComponentProps } from "react";

import { useFlags } from "@/features/flags";

import { DayAndTime } from "./DayAndTime";
import { PlainTime } from "./PlainTime";

/** Choosing a time: among the free ones, or, where these aren't shown, by typing when it suits. */
export function TimeChoice(props: ComponentProps<typeof DayAndTime>) {
  return useFlags().slots ? <DayAndTime {...props} /> : <PlainTime {...props} />;
}
