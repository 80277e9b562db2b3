"use client";

import { type KeyboardEvent, useEffect, useRef, useState } from "react";

import { classes } from "./classes";

export interface GridDay {
  /** `2026-12-01`. */
  key: string;
  text: string;
  /** Under the number: a second calendar's, or how many times are free. */
  note?: string;
  /** All that the cell says, for screen readers: "Tuesday, 1 December 2026, 5 times". */
  label: string;
  isFree: boolean;
}

interface Props {
  /** Says what is chosen here and for which month. */
  label: string;
  weekdays: readonly { short: string; long: string }[];
  /** How many cells stand empty before the first day. */
  offset: number;
  days: readonly GridDay[];
  selected: string | null;
  onSelect: (key: string) => void;
  /** Leads beyond the month: PageUp and PageDown, and arrows over its ends. -1 or 1. */
  onLeave: (months: -1 | 1) => void;
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/**
 * A month of days to choose from, as the ARIA grid pattern has it: one Tab stop, arrows inside, Home and End
 * to the ends of the week. Days without free times can be reached, so that one hears why they can't be taken.
 */
export function MonthGrid({ label, weekdays, offset, days, selected, onSelect, onLeave }: Props) {
  const [active, setActive] = useState<string | null>(null);
  const table = useRef<HTMLTableElement>(null);
  const followFocus = useRef(false);
  const isHere = (key: string | null) => days.some((day) => day.key === key);
  const entry = isHere(active)
    ? active
    : isHere(selected)
      ? selected
      : (days.find((day) => day.isFree) ?? days[0])?.key;

  useEffect(() => {
    if (!followFocus.current) return;
    followFocus.current = false;
    table.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [entry, days]);

  const move = (to: number, from: number) => {
    followFocus.current = true;
    const target = days[to];
    if (target) setActive(target.key);
    else onLeave(to < from ? -1 : 1);
  };

  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const inWeek = (offset + index) % 7;
    const goals: Record<string, () => void> = {
      Home: () => move(Math.max(0, index - inWeek), index),
      End: () => move(Math.min(days.length - 1, index + 6 - inWeek), index),
      PageUp: () => move(-1, index),
      PageDown: () => move(days.length, index),
    };
    const step = STEPS[event.key];
    const go = step === undefined ? goals[event.key] : () => move(index + step, index);
    if (!go) return;
    event.preventDefault();
    go();
  };

  return (
    <table
      ref={table}
      role="grid"
      aria-label={label}
      className="w-full table-fixed border-separate border-spacing-1"
    >
      <thead>
        <tr>
          {weekdays.map(({ short, long }) => (
            <th key={long} scope="col" abbr={long} className="pb-1 text-sm font-semibold text-ink-soft">
              {short}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(days, offset).map((week) => (
          <tr key={week.find((cell) => cell !== null)?.key}>
            {week.map((day, column) =>
              day === null ? (
                <td key={`empty ${column}`} />
              ) : (
                <td key={day.key} role="gridcell" aria-selected={day.key === selected} className="p-0">
                  <button
                    type="button"
                    tabIndex={day.key === entry ? 0 : -1}
                    aria-label={day.label}
                    aria-disabled={!day.isFree}
                    onClick={() => day.isFree && onSelect(day.key)}
                    onFocus={() => setActive(day.key)}
                    onKeyDown={(event) => onKeyDown(event, days.indexOf(day))}
                    className={dayClass(day.isFree, day.key === selected)}
                  >
                    <span
                      aria-hidden="true"
                      className={classes("leading-none", !day.isFree && "line-through")}
                    >
                      {day.text}
                    </span>
                    {day.note !== undefined && (
                      <span aria-hidden="true" className="min-h-[0.7rem] text-[0.7rem] leading-none">
                        {day.note}
                      </span>
                    )}
                  </button>
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function dayClass(isFree: boolean, isSelected: boolean): string {
  return classes(
    "flex h-13 w-full min-w-0 flex-col items-center justify-center gap-1 rounded-medium",
    isSelected && "bg-brand font-bold text-on-brand",
    !isSelected && isFree && "border-2 border-brand bg-surface font-semibold hover:bg-brand-soft",
    !isFree && "cursor-not-allowed text-ink-soft",
  );
}

function weeksOf(days: readonly GridDay[], offset: number): (GridDay | null)[][] {
  const cells: (GridDay | null)[] = [...Array<null>(offset).fill(null), ...days];
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}
