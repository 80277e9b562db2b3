"use client";

import { type ReactNode, useEffect, useId, useRef, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";

import { classes } from "./classes";

interface Props {
  title: string;
  open: boolean;
  onClose: () => void;
  /** Has room for two things side by side. */
  wide?: boolean;
  children: ReactNode;
}

const never = () => () => undefined;

/**
 * A question above the page: the browser's own dialog, which keeps the focus and closes with Escape.
 *
 * It stands at the end of the document, and keeps its form to itself: asked from within a form, it would
 * otherwise be a form in a form, and sending it would send both.
 */
export function Dialog({ title, open, onClose, wide = false, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const isInBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open && !element.open) element.showModal();
    if (!open && element.open) element.close();
  }, [open, isInBrowser]);
  if (!isInBrowser) return null;
  return createPortal(
    <dialog
      ref={dialog}
      aria-labelledby={heading}
      onClose={onClose}
      onSubmit={(event) => event.stopPropagation()}
      className={classes(
        "m-auto max-w-[calc(100vw-2rem)] rounded-large border border-line bg-surface p-5 text-ink sm:p-8",
        "backdrop:bg-black/50",
        wide ? "w-4xl" : "w-lg",
      )}
    >
      <h2 id={heading} className="mb-3">
        {title}
      </h2>
      {open && children}
    </dialog>,
    document.body,
  );
}
