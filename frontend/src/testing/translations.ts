import { createTranslator } from "next-intl";

import type { Locale } from "@/i18n/locales";
import { type Messages, messagesByLocale } from "@/i18n/messages";

/** Stands in for `next-intl/server`, which answers nobody but Next's own server. */

let shown: Locale = "en";

/** Says in which language the pages that follow are asked for. */
export function showIn(locale: Locale): void {
  shown = locale;
}

export const getLocale = () => Promise.resolve(shown);

export const getTranslations = (namespace: keyof Messages) =>
  Promise.resolve(createTranslator({ locale: shown, messages: messagesByLocale[shown], namespace }));
