"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import { answerOf, api } from "@/api/browser";
import { useDates } from "@/features/calendar";
import { useRefusal } from "@/features/errors";
import { clockTime, dayOf, isSomething, rupees } from "@/format";
import { Button } from "@/ui/Button";
import { Choice } from "@/ui/Choice";
import { Dialog } from "@/ui/Dialog";
import { ErrorSummary } from "@/ui/ErrorSummary";
import { TextArea } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { Notice } from "@/ui/Notice";
import { Placeholder } from "@/ui/Placeholder";

import { type Booking, type Scope, useRefresh } from "./queries";

interface Props {
  booking: Booking;
  open: boolean;
  onClose: () => void;
}

/** Asks before a booking is cancelled, with what goes back and what is kept. */
export function CancelDialog({ booking, open, onClose }: Props) {
  const t = useTranslations("bookings");
  return (
    <Dialog title={t("cancelTitle")} open={open} onClose={onClose}>
      <CancelForm booking={booking} onClose={onClose} />
    </Dialog>
  );
}

function CancelForm({ booking, onClose }: Omit<Props, "open">) {
  const t = useTranslations("bookings");
  const common = useTranslations("common");
  const refresh = useRefresh(booking.id);
  const { items, setItems, refuse } = useRefusal();
  const [reason, setReason] = useState("");
  const [scope, setScope] = useState<Scope>("one");
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!reason.trim()) return setItems([{ field: "reason", text: t("reasonMissing") }]);
    if (busy) return;
    setBusy(true);
    try {
      const params = { path: { booking_id: booking.id } };
      await answerOf(api.POST("/api/bookings/{booking_id}/cancel/", { params, body: { reason, scope } }));
      await refresh();
      onClose();
    } catch (error) {
      refuse(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Form onSubmit={(event) => void submit(event)} className="space-y-4">
      <ErrorSummary title={common("errorSummary")} items={items} />
      <WhatGoesBack bookingId={booking.id} scope={scope} />
      {booking.series !== null && (
        <Choice
          kind="checkbox"
          checked={scope === "following"}
          onChange={({ target }) => setScope(target.checked ? "following" : "one")}
        >
          {t("following")}
        </Choice>
      )}
      <TextArea
        id="reason"
        label={t("reasonLabel")}
        value={reason}
        error={items.find(({ field }) => field === "reason")?.text}
        onChange={({ target }) => setReason(target.value)}
      />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" kind="danger" busy={busy}>
          {t("cancelNow")}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t("keep")}
        </Button>
      </div>
    </Form>
  );
}

function WhatGoesBack({ bookingId, scope }: { bookingId: number; scope: Scope }) {
  const t = useTranslations("bookings");
  const common = useTranslations("common");
  const locale = useLocale();
  const dates = useDates();
  const preview = useQuery({
    queryKey: ["cancellation", bookingId, scope],
    queryFn: () =>
      answerOf(
        api.GET("/api/bookings/{booking_id}/cancellation-preview/", {
          params: { path: { booking_id: bookingId }, query: { scope } },
        }),
      ),
    staleTime: 0,
  });
  if (preview.isError) return <Notice tone="bad">{t("previewFailed")}</Notice>;
  if (!preview.data) return <Placeholder label={common("loading")} className="h-20" />;
  const { refund, fee, free_until: freeUntil } = preview.data;
  return (
    <Notice tone={isSomething(fee) ? "warning" : "info"} role="status">
      {isSomething(refund) && <p>{t("goesBack", { amount: rupees(refund, locale) })}</p>}
      {!isSomething(refund) && !isSomething(fee) && <p>{t("nothingGoesBack")}</p>}
      {isSomething(fee) && <p className="font-semibold">{t("kept", { amount: rupees(fee, locale) })}</p>}
      {freeUntil && (
        <p>{t("freeUntil", { when: `${dates.long(dayOf(freeUntil))}, ${clockTime(freeUntil, locale)}` })}</p>
      )}
    </Notice>
  );
}
