"use client";

import { useLocale, useTranslations } from "next-intl";

import { useDates } from "@/features/calendar";
import { clockTime, dayOf } from "@/format";
import { Card } from "@/ui/Card";

import { useHistory } from "./queries";

/** What happened to a booking, oldest first. */
export function History({ bookingId }: { bookingId: number }) {
  const t = useTranslations("bookings");
  const locale = useLocale();
  const dates = useDates();
  const history = useHistory(bookingId);
  if (!history.data) return null;
  return (
    <Card>
      <h2 className="mb-2">{t("history")}</h2>
      <ol className="space-y-3">
        {history.data.map((event) => (
          <li key={`${event.at} ${event.to_status}`} className="border-l-4 border-line pl-3">
            <p className="font-semibold">
              {event.to_status === "draft" ? t("begun") : t(`status.${statusOf(event.to_status)}`)}
            </p>
            <p className="text-ink-soft">
              {dates.plain(dayOf(event.at))}, {clockTime(event.at, locale)} •{" "}
              {event.actor_details?.full_name ?? t("system")}
            </p>
            {/* What the system notes for staff is in English alone. */}
            {event.actor_details && event.reason && <p>{event.reason}</p>}
          </li>
        ))}
      </ol>
    </Card>
  );
}

const STATUSES = [
  "draft",
  "pending",
  "confirmed",
  "in_progress",
  "completed",
  "cancelled",
  "rejected",
  "no_show",
  "expired",
] as const;

function statusOf(status: string): (typeof STATUSES)[number] {
  return STATUSES.find((known) => known === status) ?? "draft";
}
