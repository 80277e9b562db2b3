"use client";

import { createContext, type ReactNode, useContext } from "react";

import type { Flags } from "@/server/flags";

const FlagsContext = createContext<Flags>({ wizard: true, slots: true, payments: true });

/** Tells the pages below what the server found to be on. */
export function FlagsProvider({ flags, children }: { flags: Flags; children: ReactNode }) {
  return <FlagsContext value={flags}>{children}</FlagsContext>;
}

export function useFlags(): Flags {
  return useContext(FlagsContext);
}
