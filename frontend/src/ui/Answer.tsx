import type { ReactNode } from "react";

/** Takes the focus once, where it has come in place of the form that it answers. */
export function Answer({ children }: { children: ReactNode }) {
  return (
    <div ref={takeFocus} tabIndex={-1}>
      {children}
    </div>
  );
}

// One and the same function, or each drawing would take the focus again.
function takeFocus(element: HTMLElement | null): void {
  element?.focus();
}
