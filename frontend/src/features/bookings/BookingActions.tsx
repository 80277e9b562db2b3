"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";

import { useFlags } from "@/features/flags";
import { Button, ButtonLink } from "@/ui/Button";

import { CancelDialog } from "./CancelDialog";
import type { Booking } from "./queries";
import { RescheduleDialog } from "./RescheduleDialog";

/** The page's heading, which takes the focus where nothing else is left to. */
export const TITLE_ID = "booking-title";

type Open = "cancel" | "reschedule" | null;

/** What may be done with a booking: the API says which of it, so that no button leads to a refusal. */
export function BookingActions({ booking, today }: { booking: Booking; today: string }) {
  const t = useTranslations("bookings");
  const locale = useLocale();
  const [open, setOpen] = useState<Open>(null);
  const { payments } = useFlags();
  const wasOpen = useRef(false);
  useEffect(() => {
    // What opened the dialog may be gone with what the dialog did.
    if (open === null && wasOpen.current && document.activeElement === document.body) {
      document.getElementById(TITLE_ID)?.focus();
    }
    wasOpen.current = open !== null;
  }, [open]);
  const may = (action: Booking["allowed_actions"][number]) => booking.allowed_actions.includes(action);
  return (
    <div className="grid gap-3 sm:flex sm:flex-wrap">
      {booking.status === "draft" && (
        <ButtonLink href={`/${locale}/book/${booking.id}/confirmation`}>{t("goOn")}</ButtonLink>
      )}
      {payments && may("pay") && (
        <ButtonLink href={`/${locale}/bookings/${booking.id}/pay`}>{t("pay")}</ButtonLink>
      )}
      {may("reschedule") && (
        <Button kind="secondary" onClick={() => setOpen("reschedule")}>
          {t("reschedule")}
        </Button>
      )}
      {may("review") && (
        <ButtonLink kind="secondary" href={`/${locale}/bookings/${booking.id}/review`}>
          {t("review")}
        </ButtonLink>
      )}
      {booking.starts_at && (
        <ButtonLink kind="secondary" href={`/api/bookings/${booking.id}/calendar.ics`}>
          {t("calendar")}
        </ButtonLink>
      )}
      {may("cancel") && (
        <Button kind="danger" onClick={() => setOpen("cancel")}>
          {t("cancel")}
        </Button>
      )}
      <CancelDialog booking={booking} open={open === "cancel"} onClose={() => setOpen(null)} />
      <RescheduleDialog
        booking={booking}
        today={today}
        open={open === "reschedule"}
        onClose={() => setOpen(null)}
      />
    </div>
  );
}
