"use client";

import { useLocale } from "next-intl";
import { createContext, type ReactNode, useContext } from "react";

import { type CalendarTable, type Dates, datesIn } from "@/format";

const CalendarContext = createContext<CalendarTable | null>(null);

/** Gives the pages below the calendar of Nepal, where their language writes its dates. */
export function CalendarProvider({ table, children }: { table: CalendarTable | null; children: ReactNode }) {
  return <CalendarContext value={table}>{children}</CalendarContext>;
}

/** Returns how dates are written on this page. */
export function useDates(): Dates {
  return datesIn(useLocale(), useContext(CalendarContext));
}
