"use client";

import { useLocale, useTranslations } from "next-intl";

import { useFlags } from "@/features/flags";
import { ButtonLink } from "@/ui/Button";

import type { Outcome } from "./outcome";
import type { Booking } from "./useOutcome";

const NOTHING_BOOKED: readonly Outcome[] = [
  "expired",
  "goingBack",
  "refunding",
  "returned",
  "partlyReturned",
];
const BOOKED: readonly Outcome[] = ["paid", "requested", "unpaid"];

/** What can be done after a payment, the likeliest thing first. Paying anew needs the wizard's own steps. */
export function NextThings({ booking, outcome }: { booking: Booking; outcome: Outcome }) {
  const t = useTranslations("payment");
  const common = useTranslations("common");
  const locale = useLocale();
  const wizard = `/${locale}/book/${booking.id}`;
  const isDraft = booking.status === "draft";
  const flags = useFlags();
  return (
    <div className="grid gap-3 sm:flex sm:flex-wrap">
      {outcome === "failed" && isDraft && (
        <>
          {flags.payments && <ButtonLink href={`${wizard}/confirmation`}>{t("payAgain")}</ButtonLink>}
          {flags.wizard && (
            <ButtonLink kind="secondary" href={`${wizard}/payment`}>
              {t("otherMethod")}
            </ButtonLink>
          )}
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
      {outcome === "unpaid" && booking.allowed_actions.includes("pay") && (
        <ButtonLink href={`/${locale}/bookings/${booking.id}/pay`}>{t("payAgain")}</ButtonLink>
      )}
      {outcome === "deciding" && isDraft && (
        <ButtonLink kind="secondary" href={`${wizard}/confirmation`}>
          {t("notPaidYet")}
        </ButtonLink>
      )}
      {NOTHING_BOOKED.includes(outcome) && !isDraft && (
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
      {outcome === "paid" && booking.payment !== null && (
        <ButtonLink
          kind="secondary"
          href={`/api/payments/${booking.payment}/receipt/?language=${locale}`}
          target="_blank"
        >
          {t("receipt")}
        </ButtonLink>
      )}
      {BOOKED.includes(outcome) && (
        <ButtonLink kind="secondary" href={`/api/bookings/${booking.id}/calendar.ics`}>
          {t("calendar")}
        </ButtonLink>
      )}
      <ButtonLink kind="quiet" href={`/${locale}/services`}>
        {common("toServices")}
      </ButtonLink>
    </div>
  );
}
