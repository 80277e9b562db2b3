"use client";

import { useLocale, useTranslations } from "next-intl";

import { digits } from "@/format";

import { Choice } from "@/ui/Choice";
import { Select, TextField } from "@/ui/Field";

import { type Details, type Frequency, FEWEST_OCCURRENCES, MOST_OCCURRENCES } from "./details";

const FREQUENCIES: readonly Frequency[] = ["weekly", "biweekly", "monthly"];

interface Props {
  details: Details;
  onChange: (changes: Partial<Details>) => void;
  error?: string;
}

/** Whether the booking comes again, how often and how many times. */
export function RecurringFields({ details, onChange, error }: Props) {
  const t = useTranslations("wizard");
  const locale = useLocale();
  return (
    <div className="space-y-4">
      <Choice
        kind="checkbox"
        id="is_recurring"
        checked={details.is_recurring}
        onChange={({ target }) => onChange({ is_recurring: target.checked })}
      >
        <span className="block font-semibold">{t("recurring")}</span>
        <span className="block text-ink-soft">{t("recurringHint")}</span>
      </Choice>
      {details.is_recurring && (
        <div className="grid items-end gap-4 sm:grid-cols-2">
          <Select
            id="recurring_frequency"
            label={t("frequency")}
            value={details.recurring_frequency}
            onChange={({ target }) =>
              onChange({
                recurring_frequency: FREQUENCIES.find((value) => value === target.value) ?? "weekly",
              })
            }
          >
            {FREQUENCIES.map((frequency) => (
              <option key={frequency} value={frequency}>
                {t(`frequencies.${frequency}`)}
              </option>
            ))}
          </Select>
          <TextField
            id="recurring_count"
            inputMode="numeric"
            label={t("count")}
            hint={t("countHint", {
              fewest: digits(FEWEST_OCCURRENCES, locale),
              most: digits(MOST_OCCURRENCES, locale),
            })}
            value={details.recurring_count}
            error={error}
            onChange={({ target }) => onChange({ recurring_count: target.value })}
          />
        </div>
      )}
    </div>
  );
}
