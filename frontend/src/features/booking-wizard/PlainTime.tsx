"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { useDates } from "@/features/calendar";
import { addDays } from "@/format";
import { ChoiceGroup } from "@/ui/Choice";
import { TextField } from "@/ui/Field";

import type { ChosenTime, Service } from "./model";

interface Props {
  service: Service;
  today: string;
  chosen: ChosenTime | null;
  onChoose: (chosen: ChosenTime | null) => void;
  initialDate: string | null;
  error?: string;
}

/** Date and time as they are typed. The server says whether they are free, and offers the nearest that are. */
export function PlainTime({ service, today, chosen, onChoose, initialDate, error }: Props) {
  const t = useTranslations("wizard");
  const dates = useDates();
  const [typed, setTyped] = useState({ date: initialDate ?? "", time: "" });
  const { date, time } = chosen ?? typed;

  const change = (next: { date: string; time: string }) => {
    setTyped(next);
    onChoose(next.date && next.time ? { date: next.date, time: withSeconds(next.time) } : null);
  };

  return (
    <ChoiceGroup id="time" legend={t("plainTime")} hint={t("plainTimeHint")} error={error}>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          id="plain-date"
          type="date"
          label={t("plainDate")}
          min={today}
          max={addDays(today, service.max_advance_days)}
          value={date}
          onChange={({ target }) => change({ date: target.value, time })}
        />
        <TextField
          id="plain-time"
          type="time"
          label={t("time")}
          value={time.slice(0, 5)}
          onChange={({ target }) => change({ date, time: target.value })}
        />
      </div>
      <p role="status" className="min-h-6 text-ink-soft">
        {date && dates.long(date)}
      </p>
    </ChoiceGroup>
  );
}

/** The API's times have seconds; the browser's field leaves them out. */
function withSeconds(time: string): string {
  return time.length === 5 ? `${time}:00` : time;
}
