import type { ReactNode } from "react";

import { classes } from "./classes";

type Tone = "neutral" | "good" | "warning" | "bad" | "brand";

const TONES: Record<Tone, string> = {
  neutral: "bg-sunken text-ink",
  good: "bg-good-soft text-good",
  warning: "bg-marigold-soft text-on-marigold",
  bad: "bg-bad-soft text-bad",
  brand: "bg-brand-soft text-brand",
};

export function Badge({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={classes("inline-block rounded-full px-2.5 py-0.5 text-sm font-semibold", TONES[tone])}>
      {children}
    </span>
  );
}
