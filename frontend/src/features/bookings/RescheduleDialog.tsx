"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import { answerOf, api } from "@/api/browser";
import { ApiError } from "@/api/errors";
import { type ChosenTime, LostTime, TimeChoice, useService } from "@/features/booking-wizard";
import { useRefusal } from "@/features/errors";
import { Button } from "@/ui/Button";
import { Choice } from "@/ui/Choice";
import { Dialog } from "@/ui/Dialog";
import { ErrorSummary } from "@/ui/ErrorSummary";
import { Form } from "@/ui/Form";
import { Placeholder } from "@/ui/Placeholder";

import { type Booking, type Scope, useRefresh } from "./queries";

interface Props {
  booking: Booking;
  today: string;
  open: boolean;
  onClose: () => void;
}

/** Another time for a booking, at the same price. */
export function RescheduleDialog({ booking, today, open, onClose }: Props) {
  const t = useTranslations("bookings");
  return (
    <Dialog title={t("rescheduleTitle")} open={open} onClose={onClose} wide>
      <RescheduleForm booking={booking} today={today} onClose={onClose} />
    </Dialog>
  );
}

function RescheduleForm({ booking, today, onClose }: Omit<Props, "open">) {
  const t = useTranslations("bookings");
  const common = useTranslations("common");
  const refresh = useRefresh(booking.id);
  const service = useService(booking.service);
  const { items, setItems, refuse, clear } = useRefusal();
  const [chosen, setChosen] = useState<ChosenTime | null>(null);
  const [scope, setScope] = useState<Scope>("one");
  const [lost, setLost] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);

  const move = async ({ date, time }: ChosenTime) => {
    if (busy) return;
    setBusy(true);
    clear();
    setLost(null);
    try {
      await answerOf(
        api.POST("/api/bookings/{booking_id}/reschedule/", {
          params: { path: { booking_id: booking.id } },
          body: { booking_date: date, booking_time: time, scope },
        }),
      );
      await refresh();
      onClose();
    } catch (error) {
      if (error instanceof ApiError && error.code === "slot_unavailable") setLost(error);
      else refuse(error, () => "time");
    } finally {
      setBusy(false);
    }
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen) void move(chosen);
    else setItems([{ field: "time", text: t("timeMissing") }]);
  };

  return (
    <Form onSubmit={submit} className="space-y-4">
      <ErrorSummary title={common("errorSummary")} items={items} />
      {lost && <LostTime error={lost} busy={busy} onTake={(time) => void move(time)} />}
      {service.data ? (
        <TimeChoice
          service={service.data}
          bookingId={booking.id}
          wish={{ staff: null, gender: booking.preferred_provider_gender }}
          today={today}
          chosen={chosen}
          onChoose={setChosen}
          initialDate={booking.booking_date}
        />
      ) : (
        <Placeholder label={common("loading")} className="h-80" />
      )}
      {booking.series !== null && (
        <Choice
          kind="checkbox"
          checked={scope === "following"}
          onChange={({ target }) => setScope(target.checked ? "following" : "one")}
        >
          {t("following")}
        </Choice>
      )}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" busy={busy}>
          {t("rescheduleNow")}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t("keepTime")}
        </Button>
      </div>
    </Form>
  );
}
