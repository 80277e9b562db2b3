"use client";

import { useLocale, useTranslations } from "next-intl";

import { useDates } from "@/features/calendar";
import { daysInMonth, digits, monthName, weekdayName, weekdayOf } from "@/format";
import type { Locale } from "@/i18n/locales";
import { Button } from "@/ui/Button";
import { type GridDay, MonthGrid } from "@/ui/MonthGrid";
import { Notice } from "@/ui/Notice";

import type { FreeDay } from "./model";

interface Props {
  month: string;
  days: readonly FreeDay[] | undefined;
  selected: string | null;
  failed: boolean;
  onRetry: () => void;
  onSelect: (day: string) => void;
  onLeave: (months: -1 | 1) => void;
  canGoBack: boolean;
  canGoOn: boolean;
}

const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6];

/** The month with how many times each day has. It keeps its size while another month loads. */
export function DayGrid({
  month,
  days,
  selected,
  failed,
  onRetry,
  onSelect,
  onLeave,
  canGoBack,
  canGoOn,
}: Props) {
  const t = useTranslations("wizard");
  const locale = useLocale();
  const dates = useDates();
  const free = new Map(days?.map((day) => [day.date, day.available_slots]));
  const cells: GridDay[] = daysOf(month).map((day) => {
    const count = free.get(day) ?? 0;
    const times = count === 0 ? t("dayFull") : t("dayTimes", { count: digits(count, locale) });
    return {
      key: day,
      text: digits(Number(day.slice(8)), locale),
      note: dates.numberBeside(day) ?? undefined,
      label: `${dates.long(day)}, ${times}`,
      isFree: count > 0,
    };
  });
  const monthsBeside = dates.monthsBeside(month);
  const hasNone = days !== undefined && days.every((day) => day.available_slots === 0);

  return (
    <div>
      <div className="mb-2 flex items-center justify-between gap-2">
        <Button
          kind="secondary"
          onClick={() => onLeave(-1)}
          disabled={!canGoBack}
          aria-label={t("previousMonth")}
        >
          <span aria-hidden="true">←</span>
        </Button>
        <h2 aria-live="polite" className="text-center text-lg">
          {monthName(month, locale)}
          {monthsBeside && <span className="block text-sm text-ink-soft">{monthsBeside}</span>}
        </h2>
        <Button kind="secondary" onClick={() => onLeave(1)} disabled={!canGoOn} aria-label={t("nextMonth")}>
          <span aria-hidden="true">→</span>
        </Button>
      </div>
      <MonthGrid
        label={t("gridLabel", { month: monthName(month, locale) })}
        weekdays={WEEKDAYS.map((weekday) => weekdayNames(weekday, locale))}
        offset={weekdayOf(`${month}-01`)}
        days={cells}
        selected={selected}
        onSelect={onSelect}
        onLeave={onLeave}
      />
      {failed && (
        <Notice tone="bad" role="alert" className="mt-2">
          <p>{t("timesFailed")}</p>
          <Button kind="quiet" onClick={onRetry}>
            {t("askAgain")}
          </Button>
        </Notice>
      )}
      <p role="status" className="mt-2 min-h-6 text-ink-soft">
        {hasNone && t("noDays")}
      </p>
    </div>
  );
}

function daysOf(month: string): string[] {
  return Array.from(
    { length: daysInMonth(month) },
    (_, index) => `${month}-${String(index + 1).padStart(2, "0")}`,
  );
}

function weekdayNames(weekday: number, locale: Locale) {
  return { short: weekdayName(weekday, locale, "short"), long: weekdayName(weekday, locale) };
}
