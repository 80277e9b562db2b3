"use client";

import { useLocale, useTranslations } from "next-intl";

import { useDates } from "@/features/calendar";
import { clockTime, digits } from "@/format";

import type { Occurrence } from "./model";

/** Every booking of a series, with those that have no room named as such. */
export function Occurrences({ occurrences }: { occurrences: readonly Occurrence[] }) {
  const t = useTranslations("wizard");
  const locale = useLocale();
  const dates = useDates();
  const left = occurrences.filter(({ available }) => !available).length;
  return (
    <section aria-labelledby="occurrences-heading">
      <h2 id="occurrences-heading">{t("occurrences")}</h2>
      <p className="text-ink-soft">
        {left === 0
          ? t("occurrencesAll", { count: digits(occurrences.length, locale) })
          : t("occurrencesSome", {
              taken: digits(occurrences.length - left, locale),
              left: digits(left, locale),
            })}
      </p>
      <ol className="mt-2 grid gap-1 sm:grid-cols-2">
        {occurrences.map(({ date, time, available }) => (
          <li key={date} className={available ? "" : "text-bad"}>
            <span aria-hidden="true">{available ? "✓ " : "✕ "}</span>
            <span className={available ? "" : "line-through"}>
              {dates.long(date)}, {clockTime(time, locale)}
            </span>
            {!available && <> ({t("occurrenceTaken")})</>}
          </li>
        ))}
      </ol>
    </section>
  );
}
