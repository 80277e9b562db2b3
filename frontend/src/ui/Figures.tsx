import type { ReactNode } from "react";

/** A few figures side by side, as those of a provider. */
export function Figures({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">{children}</dl>;
}

export function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-col-reverse justify-end rounded-medium border border-line bg-surface p-4">
      <dt className="text-ink-soft">{name}</dt>
      <dd className="text-xl font-bold">{children}</dd>
    </div>
  );
}
