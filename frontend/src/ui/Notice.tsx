import type { ReactNode } from "react";

import { classes } from "./classes";

type Tone = "info" | "good" | "warning" | "bad";

const TONES: Record<Tone, string> = {
  info: "border-brand bg-brand-soft",
  good: "border-good bg-good-soft",
  warning: "border-marigold bg-marigold-soft",
  bad: "border-bad bg-bad-soft",
};

interface Props {
  tone?: Tone;
  title?: string;
  children?: ReactNode;
  /** `status` for what appears while somebody reads on, `alert` for what stops them. */
  role?: "status" | "alert";
  className?: string;
}

export function Notice({ tone = "info", title, children, role, className }: Props) {
  return (
    <div role={role} className={classes("rounded-medium border-l-4 px-4 py-3", TONES[tone], className)}>
      {title && <p className="font-semibold">{title}</p>}
      {children}
    </div>
  );
}
