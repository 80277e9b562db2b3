import { getLocale, getTranslations } from "next-intl/server";

import { digits } from "@/format";
import { pageDates } from "@/server/calendar";

import type { Service } from "./types";

interface Props {
  service: Service;
  days: readonly { date: string; available_slots: number }[];
}

/** The next days with free times, each a step into the booking. */
export async function NextFreeDays({ service, days }: Props) {
  const t = await getTranslations("catalogue");
  const locale = await getLocale();
  const dates = await pageDates();
  return (
    <section aria-labelledby="free-heading">
      <h2 id="free-heading" className="mb-3">
        {t("nextFreeDays")}
      </h2>
      {days.length === 0 && <p>{t("noneFree")}</p>}
      <ul className="space-y-2">
        {days.map(({ date, available_slots: count }) => (
          <li key={date}>
            <a
              href={`/${locale}/book/new?service=${service.id}&date=${date}`}
              className="flex min-h-12 items-center justify-between gap-3 rounded-medium border border-line bg-surface px-3 hover:border-brand"
            >
              <span className="font-semibold">{dates.long(date)}</span>
              <span className="text-ink-soft">{t("timesFree", { count: digits(count, locale) })}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
