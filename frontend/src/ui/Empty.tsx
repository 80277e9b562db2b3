import type { ReactNode } from "react";

/** Stands where a list has nothing to show: why, and the way on. */
export function Empty({ text, children }: { text: string; children: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-4 rounded-large border-2 border-dashed border-line px-4 py-10 text-center">
      <svg aria-hidden="true" viewBox="0 0 64 48" className="h-20 w-28">
        <circle cx="42" cy="15" r="8" className="fill-marigold" />
        <path d="M2 46 20 22l9 10 9-9 24 23Z" className="fill-brand opacity-30" />
        <path d="M2 46c16-12 40-14 60 0Z" className="fill-brand opacity-60" />
      </svg>
      <p className="max-w-prose text-lg">{text}</p>
      {children}
    </div>
  );
}
