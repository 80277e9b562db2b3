import type { AnchorHTMLAttributes, ButtonHTMLAttributes } from "react";

import { classes } from "./classes";

type Kind = "primary" | "secondary" | "quiet" | "danger";

const KINDS: Record<Kind, string> = {
  primary: "bg-brand text-on-brand hover:bg-brand-strong",
  secondary: "border-2 border-brand bg-surface text-brand hover:bg-brand-soft",
  quiet: "text-brand underline underline-offset-4 hover:bg-brand-soft",
  danger: "border-2 border-bad bg-surface text-bad hover:bg-bad-soft",
};

/** What every button looks like; at least 48 pixels high, so that a thumb meets it. */
export function buttonClass(kind: Kind = "primary", wide = false): string {
  return classes(
    "inline-flex min-h-12 items-center justify-center gap-2 rounded-medium px-5 py-2 text-center font-semibold",
    "aria-disabled:cursor-progress aria-disabled:opacity-70 disabled:pointer-events-none disabled:opacity-40",
    KINDS[kind],
    wide && "w-full sm:w-auto",
  );
}

interface Look {
  kind?: Kind;
  wide?: boolean;
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement>, Look {
  /** While the button's work is under way it keeps the focus and its size, and a second click does nothing. */
  busy?: boolean;
}

export function Button({
  kind,
  wide,
  busy = false,
  className,
  onClick,
  type = "button",
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={busy ? "button" : type}
      aria-disabled={busy || undefined}
      onClick={busy ? undefined : onClick}
      className={classes(buttonClass(kind, wide), className)}
    />
  );
}

/** A link that looks like a button. A plain one: it works before any script has come. */
export function ButtonLink({
  kind,
  wide,
  className,
  ...rest
}: AnchorHTMLAttributes<HTMLAnchorElement> & Look) {
  return <a {...rest} className={classes(buttonClass(kind, wide), className)} />;
}
