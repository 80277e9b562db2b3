import type { ReactNode } from "react";

/** A page that says why there is nothing else to see, and what can be done. */
export function Trouble({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="page-narrow space-y-4 py-8 text-center">
      <h1>{title}</h1>
      <p className="text-lg text-ink-soft">{text}</p>
      {children && <div className="flex flex-wrap justify-center gap-3 pt-2">{children}</div>}
    </div>
  );
}
