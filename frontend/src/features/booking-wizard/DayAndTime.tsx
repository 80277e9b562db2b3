"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";

import { useDates } from "@/features/calendar";
import { addDays, addMonths, clockTime, counted, monthOf } from "@/format";
import { Choice, ChoiceGroup } from "@/ui/Choice";
import { Notice } from "@/ui/Notice";
import { Placeholder } from "@/ui/Placeholder";

import { DayGrid } from "./DayGrid";
import type { ChosenTime, Service, Wish } from "./model";
import { useFreeDays, useFreeTimes } from "./queries";

interface Props {
  service: Service;
  bookingId?: number;
  wish: Wish;
  today: string;
  chosen: ChosenTime | null;
  onChoose: (chosen: ChosenTime | null) => void;
  /** Day that is open at first. */
  initialDate: string | null;
  error?: string;
}

/** A month with its free days, and below it the free times of the chosen day. */
export function DayAndTime({ service, bookingId, wish, today, chosen, onChoose, initialDate, error }: Props) {
  const t = useTranslations("wizard");
  const locale = useLocale();
  const dates = useDates();
  const search = { serviceId: service.id, bookingId, wish };
  const [date, setDate] = useState(initialDate);
  const [month, setMonth] = useState(monthOf(initialDate ?? today));
  const [looking, setLooking] = useState(initialDate === null);
  const days = useFreeDays(search, month);
  const times = useFreeTimes(search, date);
  const heading = useRef<HTMLHeadingElement>(null);
  const goToTimes = useRef(false);
  const lastMonth = monthOf(addDays(today, service.max_advance_days));

  // It opens on the first month in which a day is free; where there is none, on this one.
  if (looking && days.data && !days.isPlaceholderData) {
    const hasFree = days.data.some((day) => day.date >= today && day.available_slots > 0);
    const isLast = month >= lastMonth;
    if (hasFree || isLast) setLooking(false);
    if (!hasFree) setMonth(isLast ? monthOf(today) : addMonths(month, 1));
  }

  useEffect(() => {
    if (!goToTimes.current || !times.data) return;
    goToTimes.current = false;
    heading.current?.focus();
  }, [times.data]);

  const chooseDay = (day: string) => {
    goToTimes.current = true;
    setDate(day);
    if (chosen?.date !== day) onChoose(null);
  };

  const leaveMonth = (months: -1 | 1) => {
    const to = addMonths(month, months);
    setLooking(false);
    if (to >= monthOf(today) && to <= lastMonth) setMonth(to);
  };

  return (
    // By its own width, not the window's: it stands in a dialog too.
    <div className="@container">
      <div className="grid gap-6 @2xl:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
        <DayGrid
          month={month}
          days={days.data}
          selected={date}
          failed={days.isError}
          onRetry={() => void days.refetch()}
          onSelect={chooseDay}
          onLeave={leaveMonth}
          canGoBack={month > monthOf(today)}
          canGoOn={month < lastMonth}
        />
        <section aria-labelledby="times-heading" className="min-h-40">
          <h2 id="times-heading" ref={heading} tabIndex={-1} className="mb-3">
            {date ? dates.long(date) : t("chooseDay")}
          </h2>
          {date && times.isPending && <Placeholder label={t("loadingTimes")} className="h-32" />}
          {date && times.isError && <Notice tone="bad">{t("timesFailed")}</Notice>}
          {date && times.data && (
            <>
              <p role="status" className="mb-3 text-ink-soft">
                {times.data.length === 0 ? t("noTimes") : t("timesCount", counted(times.data.length, locale))}
              </p>
              <ChoiceGroup
                id="time"
                legend={t("time")}
                hiddenLegend
                error={error}
                className="grid grid-cols-[repeat(auto-fill,minmax(7rem,1fr))] gap-2"
              >
                {times.data.map((slot) => (
                  <Choice
                    key={slot.starts_at}
                    name="time"
                    value={slot.start_time}
                    checked={chosen?.date === date && chosen.time === slot.start_time}
                    onChange={() => onChoose({ date, time: slot.start_time })}
                  >
                    <span className="block font-semibold tabular-nums">
                      {clockTime(slot.start_time, locale)}
                    </span>
                    {slot.max_bookings > 1 && service.max_bookings > 1 && (
                      <span className="block text-sm text-ink-soft">
                        {t("seatsLeft", counted(slot.remaining, locale))}
                      </span>
                    )}
                  </Choice>
                ))}
              </ChoiceGroup>
            </>
          )}
        </section>
      </div>
    </div>
  );
}
