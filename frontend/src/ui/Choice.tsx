import type { InputHTMLAttributes, ReactNode } from "react";

import { classes } from "./classes";

interface GroupProps {
  id: string;
  legend: ReactNode;
  /** The legend is for screen readers alone, where a heading above says the same. */
  hiddenLegend?: boolean;
  hint?: ReactNode;
  error?: string;
  children: ReactNode;
  className?: string;
}

/** A question with several answers, of which one is chosen. */
export function ChoiceGroup({
  id,
  legend,
  hiddenLegend = false,
  hint,
  error,
  children,
  className,
}: GroupProps) {
  const describedBy = classes(hint !== undefined && `${id}-hint`, error && `${id}-error`) || undefined;
  return (
    <fieldset id={id} tabIndex={-1} aria-describedby={describedBy} className="min-w-0">
      <legend className={hiddenLegend ? "sr-only" : "mb-1.5 font-semibold"}>{legend}</legend>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="mb-2 text-ink-soft">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="mb-2 font-semibold text-bad">
          {error}
        </p>
      )}
      <div className={className ?? "space-y-2"}>{children}</div>
    </fieldset>
  );
}

type ChoiceProps = Omit<InputHTMLAttributes<HTMLInputElement>, "type"> & {
  children: ReactNode;
  kind?: "radio" | "checkbox";
};

/** One answer: the browser's own radio button or box, in a frame that is easy to hit. */
export function Choice({ children, kind = "radio", className, ...input }: ChoiceProps) {
  return (
    <label
      className={classes(
        "flex min-h-12 cursor-pointer items-start gap-3 rounded-medium border-2 border-line bg-surface px-3 py-2.5",
        "has-checked:border-brand has-checked:bg-brand-soft has-disabled:cursor-not-allowed has-disabled:opacity-60",
        "has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus",
        className,
      )}
    >
      <input {...input} type={kind} className="mt-0.5 size-5 shrink-0 accent-brand outline-none" />
      <span className="min-w-0 flex-1">{children}</span>
    </label>
  );
}
