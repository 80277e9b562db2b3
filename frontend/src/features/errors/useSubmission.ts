"use client";

import { useState } from "react";

import type { SummaryItem } from "@/ui/ErrorSummary";

import { type FieldOf, useRefusal } from "./useRefusal";

/** A form that is looked at before it is sent, sent once, and tells at its fields what was refused. */
export function useSubmission(fieldOf?: FieldOf) {
  const { items, setItems, refuse } = useRefusal();
  const [busy, setBusy] = useState(false);

  /** Returns whether it was taken. It then stays busy: what comes next takes the form's place. */
  async function submit(wrong: readonly SummaryItem[], send: () => Promise<unknown>): Promise<boolean> {
    if (busy) return false;
    setItems(wrong);
    if (wrong.length > 0) return false;
    setBusy(true);
    try {
      await send();
      return true;
    } catch (error) {
      setBusy(false);
      refuse(error, fieldOf);
      return false;
    }
  }

  const errorOf = (field: string) => items.find((item) => item.field === field)?.text;
  return { items, errorOf, busy, submit };
}
