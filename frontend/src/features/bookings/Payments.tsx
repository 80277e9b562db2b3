"use client";

import { useLocale, useTranslations } from "next-intl";

import { useDates } from "@/features/calendar";
import { clockTime, dayOf, rupees } from "@/format";
import { Badge } from "@/ui/Badge";
import { Card } from "@/ui/Card";

import { type Booking, type Payment, usePayments } from "./queries";

const PAID: readonly Payment["status"][] = ["completed", "partially_refunded", "refunded", "refund_pending"];

/** Every attempt to pay for a booking, and the receipt of the one that paid. */
export function Payments({ booking }: { booking: Booking }) {
  const t = useTranslations("bookings");
  const locale = useLocale();
  const dates = useDates();
  const payments = usePayments(booking.id);
  if (!payments.data) return null;
  return (
    <Card>
      <h2 className="mb-2">{t("payments")}</h2>
      {payments.data.results.length === 0 && <p>{t("noPayments")}</p>}
      <ul className="space-y-3">
        {payments.data.results.map((payment) => (
          <li key={payment.id} className="border-l-4 border-line pl-3">
            <p className="flex flex-wrap items-center gap-2 font-semibold">
              {rupees(payment.total_amount, locale)} • {t(`methods.${payment.payment_method}`)}
              <Badge tone={payment.status === "completed" ? "good" : "neutral"}>
                {t(`paymentStatus.${payment.status}`)}
              </Badge>
            </p>
            <p className="text-ink-soft">
              {dates.plain(dayOf(payment.paid_at ?? payment.created_at))},{" "}
              {clockTime(payment.paid_at ?? payment.created_at, locale)}
            </p>
            {PAID.includes(payment.status) && (
              <a
                className="link"
                href={`/api/payments/${payment.id}/receipt/?language=${locale}`}
                target="_blank"
              >
                {t("receipt")}
              </a>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
