"use client";

import { useLocale, useTranslations } from "next-intl";

import { useDates } from "@/features/calendar";
import { useTrouble } from "@/features/errors";
import { clockTime, duration, isSomething, rupees } from "@/format";
import { cityCalled } from "@/i18n/names";
import { Badge } from "@/ui/Badge";
import { Card } from "@/ui/Card";
import { Fact, Facts } from "@/ui/Facts";
import { Placeholder } from "@/ui/Placeholder";

import { BookingActions, TITLE_ID } from "./BookingActions";
import { History } from "./History";
import { NeedsLogin } from "./NeedsLogin";
import { Payments } from "./Payments";
import { type Booking, useBooking } from "./queries";
import { toneOf } from "./status";

/** One booking with all that belongs to it, and what its customer can do with it. */
export function BookingPage({ bookingId, today }: { bookingId: number; today: string }) {
  const t = useTranslations("bookings");
  const common = useTranslations("common");
  const booking = useBooking(bookingId);
  const trouble = useTrouble(booking);
  return (
    <div className="page space-y-6">
      {booking.isPending && !trouble && <Placeholder label={common("loading")} className="h-96" />}
      {trouble && (
        <>
          <h1>{t("title")}</h1>
          <NeedsLogin error={trouble} onDone={() => void booking.refetch()} />
        </>
      )}
      {booking.data && (
        <>
          <header className="space-y-2">
            <h1 id={TITLE_ID} tabIndex={-1}>
              {booking.data.service_details.title}
            </h1>
            <p role="status">
              <Badge tone={toneOf(booking.data.status)}>{t(`status.${booking.data.status}`)}</Badge>
            </p>
          </header>
          <BookingActions booking={booking.data} today={today} />
          <div className="grid gap-6 lg:grid-cols-2">
            <BookingFacts booking={booking.data} />
            <div className="space-y-6">
              <Payments booking={booking.data} />
              <History bookingId={bookingId} />
            </div>
          </div>
        </>
      )}
    </div>
  );
}

function BookingFacts({ booking }: { booking: Booking }) {
  const t = useTranslations("bookings");
  const locale = useLocale();
  const dates = useDates();
  const { provider } = booking.service_details;
  return (
    <Card>
      <h2 className="mb-2">{t("facts")}</h2>
      <Facts>
        <Fact name={t("reference")}>{booking.reference}</Fact>
        {booking.booking_date && booking.booking_time && (
          <Fact name={t("when")}>
            {dates.long(booking.booking_date)}, {clockTime(booking.booking_time, locale)}
          </Fact>
        )}
        {booking.estimated_duration && (
          <Fact name={t("takes")}>{duration(booking.estimated_duration, locale)}</Fact>
        )}
        <Fact name={t("provider")}>
          <a className="link" href={`/${locale}/providers/${provider.id}`}>
            {provider.full_name}
          </a>
          {provider.phone && (
            <a className="link block tabular-nums" href={`tel:${provider.phone}`}>
              {provider.phone}
            </a>
          )}
        </Fact>
        {booking.staff_details && <Fact name={t("staff")}>{booking.staff_details.full_name}</Fact>}
        <Fact name={t("where")}>
          {booking.address}, {cityCalled(booking.city, locale)}
        </Fact>
        {booking.special_instructions && <Fact name={t("instructions")}>{booking.special_instructions}</Fact>}
        <Fact name={t("total")}>
          {rupees(booking.total_amount, locale)}
          {isSomething(booking.fee) && (
            <span className="text-ink-soft"> ({t("withFee", { fee: rupees(booking.fee, locale) })})</span>
          )}
        </Fact>
        {booking.cancellation_reason && <Fact name={t("reason")}>{booking.cancellation_reason}</Fact>}
        {booking.rejection_reason && <Fact name={t("reason")}>{booking.rejection_reason}</Fact>}
      </Facts>
    </Card>
  );
}
