"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { useTrouble } from "@/features/errors";
import { BankTransfer, isOnline, MethodChoice, PayNow } from "@/features/payment";
import { ButtonLink } from "@/ui/Button";
import { Placeholder } from "@/ui/Placeholder";

import { NeedsLogin } from "./NeedsLogin";
import { type Booking, useBooking } from "./queries";

/** Paying for a booking that is made: a wallet at the door, a later one of a series, a transfer that waits. */
export function PayPage({ bookingId }: { bookingId: number }) {
  const t = useTranslations("bookings");
  const common = useTranslations("common");
  const locale = useLocale();
  const booking = useBooking(bookingId);
  const trouble = useTrouble(booking);
  return (
    <div className="page-narrow space-y-6">
      <h1>{t("payTitle")}</h1>
      {trouble && <NeedsLogin error={trouble} onDone={() => void booking.refetch()} />}
      {!trouble && booking.isPending && <Placeholder label={common("loading")} className="h-96" />}
      {!trouble && booking.data && (
        <>
          <p className="text-lg">{booking.data.service_details.title}</p>
          <Ways booking={booking.data} />
          <ButtonLink kind="quiet" href={`/${locale}/bookings/${bookingId}`}>
            {common("back")}
          </ButtonLink>
        </>
      )}
    </div>
  );
}

function Ways({ booking }: { booking: Booking }) {
  const [method, setMethod] = useState<string | null>(null);
  if (booking.payment_method === "bank_transfer") return <BankTransfer booking={booking} />;
  return (
    <>
      <MethodChoice id="method" serviceId={booking.service} chosen={method} onChoose={setMethod} onlyOnline />
      {method && isOnline(method) && (
        <PayNow bookingId={booking.id} method={method} total={booking.total_amount} />
      )}
    </>
  );
}
