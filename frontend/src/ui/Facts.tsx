import type { ReactNode } from "react";

/** Facts in pairs of name and value, as in a summary of a booking. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="divide-y divide-line">{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 py-2 grid-cols-[minmax(5rem,2fr)_minmax(0,3fr)]">
      <dt className="text-ink-soft">{name}</dt>
      <dd className="min-w-0 font-medium">{children}</dd>
    </div>
  );
}
