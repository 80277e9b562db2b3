"use client";

import { useLocale, useTranslations } from "next-intl";

import { ApiError } from "@/api/errors";
import { LoginForm } from "@/features/account";
import { useDates } from "@/features/calendar";
import { Away } from "@/features/errors";
import { useFlags } from "@/features/flags";
import { clockTime, rupees } from "@/format";
import { Button, ButtonLink } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { Fact, Facts } from "@/ui/Facts";
import { Notice } from "@/ui/Notice";
import { Placeholder } from "@/ui/Placeholder";

import { BankTransfer } from "./BankTransfer";
import { NextThings } from "./NextThings";
import type { Outcome } from "./outcome";
import { SeriesResult } from "./SeriesResult";
import { type Booking, useOutcome } from "./useOutcome";

const TONES: Record<Outcome, "good" | "info" | "warning" | "bad"> = {
  paid: "good",
  requested: "good",
  transfer: "info",
  deciding: "info",
  failed: "warning",
  unpaid: "warning",
  expired: "warning",
  goingBack: "warning",
  refunding: "info",
  returned: "info",
  partlyReturned: "info",
  doubtful: "warning",
  over: "info",
};

/** Nothing is paid or booked any more: what a series costs is of no interest. */
const ENDED: readonly Outcome[] = ["expired", "goingBack", "refunding", "returned", "partlyReturned", "over"];

/** How it went: what is true of the booking and its money, and what can be done next. */
export function ResultPage({ bookingId }: { bookingId: number }) {
  const t = useTranslations("payment");
  const common = useTranslations("common");
  const { booking, outcome, trouble, retry, waiting, lookAgain } = useOutcome(bookingId);
  const { payments } = useFlags();

  if (trouble) return <NoResult error={trouble} onRetry={retry} />;
  if (!booking || !outcome) {
    return (
      <div className="page-narrow space-y-6">
        <h1>{t("resultTitle")}</h1>
        <Placeholder label={common("loading")} className="h-72" />
      </div>
    );
  }
  const isRequest = outcome === "requested" && booking.status === "pending" && !payments;
  const said = isRequest ? "request" : outcome;
  const method = t(`wallets.${walletOf(booking)}`);
  return (
    <div className="page-narrow space-y-6">
      <div role="status">
        <h1 className="mb-3">{t(`outcomes.${said}.title`, { method })}</h1>
        <Notice tone={TONES[outcome]}>{t(`outcomes.${said}.text`)}</Notice>
      </div>
      {outcome === "deciding" && (
        <p role="status" className="text-ink-soft">
          {waiting ? t("asking") : t("askedEnough")}
        </p>
      )}
      {outcome === "deciding" && !waiting && <Button onClick={lookAgain}>{t("askAgain")}</Button>}
      <BookingFacts booking={booking} />
      {!ENDED.includes(outcome) && <SeriesResult booking={booking} />}
      {outcome === "transfer" && <BankTransfer booking={booking} />}
      <NextThings booking={booking} outcome={outcome} />
    </div>
  );
}

function walletOf({ payment_method: code }: Booking): "khalti" | "esewa" | "other" {
  return code === "khalti" || code === "esewa" ? code : "other";
}

function BookingFacts({ booking }: { booking: Booking }) {
  const t = useTranslations("payment");
  const locale = useLocale();
  const dates = useDates();
  return (
    <Card>
      <Facts>
        <Fact name={t("reference")}>{booking.reference}</Fact>
        <Fact name={t("service")}>{booking.service_details.title}</Fact>
        {booking.booking_date && booking.booking_time && (
          <Fact name={t("when")}>
            {dates.long(booking.booking_date)}, {clockTime(booking.booking_time, locale)}
          </Fact>
        )}
        <Fact name={t("total")}>{rupees(booking.total_amount, locale)}</Fact>
      </Facts>
    </Card>
  );
}

function NoResult({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const t = useTranslations("payment");
  const common = useTranslations("common");
  const locale = useLocale();
  const status = error instanceof ApiError ? error.status : 0;
  return (
    <div className="page-narrow space-y-6">
      <h1>{status === 404 ? t("unknownTitle") : t("resultTitle")}</h1>
      {status === 401 && (
        <>
          <Notice title={t("loginToSee")} />
          <LoginForm onDone={onRetry} />
        </>
      )}
      {status === 404 && (
        <>
          <p>{t("unknownText")}</p>
          <ButtonLink href={`/${locale}/bookings`}>{common("myBookings")}</ButtonLink>
        </>
      )}
      {status !== 401 && status !== 404 && <Away error={error} text={t("awayText")} onRetry={onRetry} />}
    </div>
  );
}
