"use client";

import { useEffect, useRef } from "react";

export interface SummaryItem {
  /** The id of the field at fault, where there is one. */
  field?: string;
  text: string;
}

/**
 * What is wrong with a form, above it. Takes the focus whenever the errors change, and each leads to its field.
 */
export function ErrorSummary({ title, items }: { title: string; items: readonly SummaryItem[] }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (items.length > 0) box.current?.focus();
  }, [items]);
  if (items.length === 0) return null;
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="alert"
      aria-labelledby="error-summary-title"
      className="rounded-medium border-2 border-bad bg-bad-soft px-4 py-3 focus:outline-3 focus:outline-focus"
    >
      <h2 id="error-summary-title" className="text-base font-semibold">
        {title}
      </h2>
      <ul className="mt-1 list-disc pl-5">
        {items.map(({ field, text }) => (
          <li key={`${field ?? ""} ${text}`}>
            {field ? (
              <a href={`#${field}`} className="link text-bad" onClick={(event) => focusField(event, field)}>
                {text}
              </a>
            ) : (
              text
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A link alone would scroll to the field, and put its address into the history. */
function focusField(event: React.MouseEvent, field: string): void {
  const element = document.getElementById(field);
  if (!element) return;
  event.preventDefault();
  element.scrollIntoView({ block: "center" });
  element.focus();
}
