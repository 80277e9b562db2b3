"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useEffect } from "react";

import { newBookingAddress } from "@/features/booking-wizard";
import { NeedsLogin } from "@/features/bookings";
import { useDates } from "@/features/calendar";
import { useFlags } from "@/features/flags";
import { isOnline, OnlyCash, PayNow, useBookingOf } from "@/features/payment";
import { clockTime, rupees } from "@/format";
import { ButtonLink } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { Notice } from "@/ui/Notice";
import { Placeholder } from "@/ui/Placeholder";

/**
 * A draft without the wizard: one that waits for its payment is paid, any other can't be finished, and says so.
 *
 * It stands where the wizard's steps are, so that whatever leads to these leads here.
 */
export function DraftBooking({ bookingId }: { bookingId: number }) {
  const t = useTranslations("onePage");
  const common = useTranslations("common");
  const locale = useLocale();
  const dates = useDates();
  const router = useRouter();
  const { payments } = useFlags();
  const { data: booking, error, refetch } = useBookingOf(bookingId);
  const isMade = booking !== undefined && booking.status !== "draft";

  useEffect(() => {
    if (isMade) router.replace(`/${locale}/booking/${bookingId}/result`);
  }, [isMade, router, locale, bookingId]);

  if (error) {
    return (
      <div className="page-narrow space-y-6">
        <h1>{common("myBookings")}</h1>
        <NeedsLogin error={error} onDone={() => void refetch()} />
      </div>
    );
  }
  if (!booking || isMade) return <Placeholder label={common("loading")} className="page-narrow h-96" />;
  const method = booking.payment_method ?? "";
  const canPay = payments && isOnline(method);
  return (
    <div className="page-narrow space-y-6">
      <h1>{t(canPay ? "draftTitle" : "draftOffTitle")}</h1>
      <Card>
        <p className="text-lg font-semibold">{booking.service_details.title}</p>
        {booking.booking_date && booking.booking_time && (
          <p>
            {dates.long(booking.booking_date)}, {clockTime(booking.booking_time, locale)}
          </p>
        )}
        <p className="text-ink-soft">
          {t("total")}: {rupees(booking.total_amount, locale)}
        </p>
      </Card>
      {canPay ? (
        <>
          <p>{t("draftText")}</p>
          <PayNow bookingId={bookingId} method={method} total={booking.total_amount} />
        </>
      ) : (
        <>
          {!payments && <OnlyCash />}
          <Notice tone="warning">
            <p className="mb-3">{t("draftOffText")}</p>
            <ButtonLink
              href={newBookingAddress(locale, booking.service, null, { staff: null, gender: "any" })}
            >
              {t("bookAnew")}
            </ButtonLink>
          </Notice>
        </>
      )}
    </div>
  );
}
