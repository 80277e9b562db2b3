"use client";

import { useLocale, useTranslations } from "next-intl";
import { useCallback, useState } from "react";

import { ApiError } from "@/api/errors";
import { waitingTime } from "@/format";
import type { Messages } from "@/i18n/messages";
import type { SummaryItem } from "@/ui/ErrorSummary";

/** Where an error of the API's belongs on a form: its field there, if it has one. */
export type FieldOf = (attr: string) => string | undefined;

/** Turns what the API refused into words for the summary, in the page's language, at the right fields. */
export function useRefusal() {
  const words = useTranslations("errors");
  const locale = useLocale();
  const [items, setItems] = useState<readonly SummaryItem[]>([]);

  const clear = useCallback(() => setItems([]), []);

  const refuse = useCallback(
    (error: unknown, fieldOf: FieldOf = (attr) => attr) => {
      const known = (code: string): code is Code => words.has(code as keyof Messages["errors"]);
      setItems(
        summaryOf(error, fieldOf, {
          ofCode: (code) => (known(code) ? words(code) : null),
          wait: (seconds) => words("throttledFor", { wait: waitingTime(seconds, locale) }),
          unknown: words("unknown"),
        }),
      );
    },
    [words, locale],
  );

  return { items, setItems, refuse, clear };
}

type Code = Exclude<keyof Messages["errors"], "throttledFor" | "waiting">;

interface Words {
  ofCode: (code: string) => string | null;
  wait: (seconds: number) => string;
  unknown: string;
}

/** Pure part of the above. Words for a code come first; the API's own sentence, in the page's language, next. */
export function summaryOf(error: unknown, fieldOf: FieldOf, words: Words): SummaryItem[] {
  const { ofCode, wait, unknown } = words;
  if (!(error instanceof ApiError)) return [{ text: unknown }];
  if (error.status === 429 && error.retryAfter !== null) return [{ text: wait(error.retryAfter) }];
  if (error.isUnreachable && error.code !== "gateway_unavailable") {
    // No answer at all, and the browser knows why.
    const isOffline = error.status === 0 && !navigator.onLine;
    return [{ text: ofCode(isOffline ? "offline" : "unavailable") ?? unknown }];
  }
  if (error.errors.length === 0) return [{ text: unknown }];
  return error.errors.map(({ code, detail, attr }) => ({
    field: attr ? fieldOf(attr) : undefined,
    text: ofCode(code) ?? (detail || unknown),
  }));
}
