import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from "react";

import { classes } from "./classes";

interface Described {
  label: string;
  hint?: ReactNode;
  error?: string;
  /** Stands behind the label where a field may stay empty. */
  optional?: string;
}

const boxClass =
  "block w-full min-h-12 rounded-medium border-2 bg-surface px-3 py-2 text-ink placeholder:text-ink-soft";

function box(error: string | undefined, className?: string): string {
  return classes(boxClass, error ? "border-bad" : "border-edge", className);
}

/** Ties a field to its hint and its error, by the field's id. */
function description(id: string, hint: ReactNode, error: string | undefined): string | undefined {
  return classes(hint !== undefined && `${id}-hint`, error && `${id}-error`) || undefined;
}

function Around({
  id,
  label,
  hint,
  error,
  optional,
  children,
}: Described & { id: string; children: ReactNode }) {
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block font-semibold">
        {label} {optional && <span className="font-normal text-ink-soft">({optional})</span>}
      </label>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-ink-soft">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="font-semibold text-bad">
          {error}
        </p>
      )}
      {children}
    </div>
  );
}

type TextProps = Described & InputHTMLAttributes<HTMLInputElement> & { id: string };

export function TextField({ label, hint, error, optional, className, ...input }: TextProps) {
  return (
    <Around {...{ id: input.id, label, hint, error, optional }}>
      <input
        {...input}
        aria-invalid={error ? true : undefined}
        aria-describedby={description(input.id, hint, error)}
        className={box(error, className)}
      />
    </Around>
  );
}

type FileProps = Described &
  Omit<InputHTMLAttributes<HTMLInputElement>, "type"> & {
    id: string;
    /** What the button says. */
    choose: string;
    /** The name of the chosen file, or that there is none. */
    chosen: string;
  };

/** A file to choose. The browser's own field speaks the browser's language, so it lies unseen over words of ours. */
export function FileField({ label, hint, error, optional, choose, chosen, className, ...input }: FileProps) {
  return (
    <Around {...{ id: input.id, label, hint, error, optional }}>
      <div
        className={classes(
          "relative has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus",
          box(error, className),
        )}
      >
        <span aria-hidden="true" className="flex items-center gap-3">
          <span className="shrink-0 rounded-small bg-brand-soft px-3 py-1 font-semibold text-brand">
            {choose}
          </span>
          <span className="min-w-0 break-words">{chosen}</span>
        </span>
        <input
          {...input}
          type="file"
          aria-invalid={error ? true : undefined}
          aria-describedby={description(input.id, hint, error)}
          className="absolute inset-0 size-full cursor-pointer opacity-0"
        />
      </div>
    </Around>
  );
}

type AreaProps = Described & TextareaHTMLAttributes<HTMLTextAreaElement> & { id: string };

export function TextArea({ label, hint, error, optional, className, ...area }: AreaProps) {
  return (
    <Around {...{ id: area.id, label, hint, error, optional }}>
      <textarea
        rows={4}
        {...area}
        aria-invalid={error ? true : undefined}
        aria-describedby={description(area.id, hint, error)}
        className={box(error, className)}
      />
    </Around>
  );
}

type SelectProps = Described & SelectHTMLAttributes<HTMLSelectElement> & { id: string };

export function Select({ label, hint, error, optional, className, children, ...select }: SelectProps) {
  return (
    <Around {...{ id: select.id, label, hint, error, optional }}>
      <select
        {...select}
        aria-invalid={error ? true : undefined}
        aria-describedby={description(select.id, hint, error)}
        className={box(error, className)}
      >
        {children}
      </select>
    </Around>
  );
}
