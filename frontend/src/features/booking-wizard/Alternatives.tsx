"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";

import { useDates } from "@/features/calendar";
import { useFlags } from "@/features/flags";
import { clockTime } from "@/format";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";

import type { ChosenTime, Slot } from "./model";

interface Props {
  slots: readonly Slot[];
  busy: boolean;
  onTake: (chosen: ChosenTime) => void;
}

/**
 * The time can't be had: the nearest ones that are free, one tap each. They take the focus, since the button that was
 * pressed stands a screen below on a phone.
 */
export function Alternatives({ slots, busy, onTake }: Props) {
  const t = useTranslations("wizard");
  const locale = useLocale();
  const dates = useDates();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [slots]);
  // Who saw it free was too slow; who typed it may have met a closed hour.
  const kind = useFlags().slots ? "lost" : "notFree";
  return (
    <div ref={box} tabIndex={-1} role="group" aria-label={t(`${kind}Title`)}>
      <Notice tone="warning" role="alert" title={t(`${kind}Title`)}>
        <p>{slots.length > 0 ? t(`${kind}Text`) : t(`${kind}NoOther`)}</p>
        <ul className="mt-3 flex flex-wrap gap-2">
          {slots.map((slot) => (
            <li key={slot.starts_at}>
              <Button
                kind="secondary"
                busy={busy}
                onClick={() => onTake({ date: slot.date, time: slot.start_time })}
              >
                {dates.short(slot.date)}, {clockTime(slot.start_time, locale)}
              </Button>
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
