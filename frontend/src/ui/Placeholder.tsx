import { classes } from "./classes";

/** Holds the room of what is still loading, so that nothing jumps when it comes. */
export function Placeholder({ className, label }: { className?: string; label: string }) {
  return (
    <div role="status" className={classes("animate-pulse rounded-medium bg-sunken", className)}>
      <span className="sr-only">{label}</span>
    </div>
  );
}
