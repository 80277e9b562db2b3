"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { useTrouble } from "@/features/errors";
import { BankTransfer, isOnline, MethodChoice, PayNow } from "@/features/payment";
import { ButtonLink } from "@/ui/Button";
import { Placeholder } from "@/ui/Placeholder";

import { NeedsLogin } from "./NeedsLogin";
import { useBooking } from "./queries";

/** Paying for a booking that is made: a wallet at the door, a later one of a series, a transfer that waits. */
export function PayPage({ bookingId }: { bookingId: number }) {
  const t = useTranslations("bookings");
  const common = useTranslations("common");
  const locale = useLocale();
  const booking = useBooking(bookingId);
  const trouble = useTrouble(booking);
  const [method, setMethod] = useState<string | null>(null);
  if (trouble) {
    return (
      <div className="page-narrow space-y-6">
        <h1>{t("payTitle")}</h1>
        <NeedsLogin error={trouble} onDone={() => void booking.refetch()} />
      </div>
    );
  }
  if (!booking.data) return <Placeholder label={common("loading")} className="page-narrow h-96" />;
  const isTransfer = booking.data.payment_method === "bank_transfer";
  return (
    <div className="page-narrow space-y-6">
      <h1>{t("payTitle")}</h1>
      <p className="text-lg">{booking.data.service_details.title}</p>
      {isTransfer ? (
        <BankTransfer booking={booking.data} />
      ) : (
        <>
          <MethodChoice
            id="method"
            serviceId={booking.data.service}
            chosen={method}
            onChoose={setMethod}
            onlyOnline
          />
          {method && isOnline(method) && (
            <PayNow bookingId={bookingId} method={method} total={booking.data.total_amount} />
          )}
        </>
      )}
      <ButtonLink kind="quiet" href={`/${locale}/bookings/${bookingId}`}>
        {common("back")}
      </ButtonLink>
    </div>
  );
}
