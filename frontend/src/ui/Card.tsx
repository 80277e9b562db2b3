import type { ReactNode } from "react";

import { classes } from "./classes";

export function Card({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div className={classes("rounded-large border border-line bg-surface p-4 sm:p-6", className)}>
      {children}
    </div>
  );
}
