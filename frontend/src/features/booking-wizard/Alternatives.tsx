"use client";

import { useLocale, useTranslations } from "next-intl";

import { clockTime, shortDate } from "@/format";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";

import type { ChosenTime, Slot } from "./model";

interface Props {
  slots: readonly Slot[];
  busy: boolean;
  onTake: (chosen: ChosenTime) => void;
}

/** Somebody was quicker: the nearest times that are still free, one tap each. */
export function Alternatives({ slots, busy, onTake }: Props) {
  const t = useTranslations("wizard");
  const locale = useLocale();
  return (
    <Notice tone="warning" role="alert" title={t("lostTitle")}>
      <p>{slots.length > 0 ? t("lostText") : t("lostNoOther")}</p>
      <ul className="mt-3 flex flex-wrap gap-2">
        {slots.map((slot) => (
          <li key={slot.starts_at}>
            <Button
              kind="secondary"
              busy={busy}
              onClick={() => onTake({ date: slot.date, time: slot.start_time })}
            >
              {shortDate(slot.date, locale)}, {clockTime(slot.start_time, locale)}
            </Button>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
