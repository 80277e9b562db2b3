"use client";

import { useLocale, useTranslations } from "next-intl";

import { ButtonLink } from "@/ui/Button";

import type { Outcome } from "./outcome";
import type { Booking } from "./useOutcome";

/** What can be done after a payment, the likeliest thing first. Paying anew needs the wizard's own steps. */
export function NextThings({ booking, outcome }: { booking: Booking; outcome: Outcome }) {
  const t = useTranslations("payment");
  const common = useTranslations("common");
  const locale = useLocale();
  const wizard = `/${locale}/book/${booking.id}`;
  const isDraft = booking.status === "draft";
  return (
    <div className="grid gap-3 sm:flex sm:flex-wrap">
      {outcome === "failed" && isDraft && (
        <>
          <ButtonLink href={`${wizard}/confirmation`}>{t("payAgain")}</ButtonLink>
          <ButtonLink kind="secondary" href={`${wizard}/payment`}>
            {t("otherMethod")}
          </ButtonLink>
        </>
      )}
      {outcome === "expired" && isDraft && (
        <>
          <ButtonLink href={`${wizard}/confirmation`}>{t("tryTimeAgain")}</ButtonLink>
          <ButtonLink kind="secondary" href={`${wizard}/datetime`}>
            {t("otherTime")}
          </ButtonLink>
        </>
      )}
      {(outcome === "expired" || outcome === "goingBack" || outcome === "returned") && !isDraft && (
        <ButtonLink href={`/${locale}/book/new?service=${booking.service}`}>{t("bookAnew")}</ButtonLink>
      )}
      {!isDraft && (
        <ButtonLink
          kind={outcome === "paid" ? "primary" : "secondary"}
          href={`/${locale}/bookings/${booking.id}`}
        >
          {t("seeBooking")}
        </ButtonLink>
      )}
      {outcome === "paid" && (
        <>
          {booking.payment !== null && (
            <ButtonLink kind="secondary" href={`/api/payments/${booking.payment}/receipt/`} target="_blank">
              {t("receipt")}
            </ButtonLink>
          )}
          <ButtonLink kind="secondary" href={`/api/bookings/${booking.id}/calendar.ics`}>
            {t("calendar")}
          </ButtonLink>
        </>
      )}
      <ButtonLink kind="quiet" href={`/${locale}/services`}>
        {common("toServices")}
      </ButtonLink>
    </div>
  );
}
