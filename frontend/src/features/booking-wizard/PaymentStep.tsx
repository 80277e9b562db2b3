"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import { MethodChoice } from "@/features/payment";
import { Button } from "@/ui/Button";

import { Chosen } from "./Chosen";
import { HeldTime } from "./HeldTime";
import { type ChosenTime, type Progress, stepAddress, stepNameOf } from "./model";
import { Occurrences } from "./Occurrences";
import { StepTrouble } from "./StepTrouble";
import { useStep } from "./useStep";

/** How to pay, with fee and total before choosing. The server fixes the price here. */
export function PaymentStep({ progress }: { progress: Progress }) {
  const t = useTranslations("wizard");
  const locale = useLocale();
  const router = useRouter();
  const step = useStep();
  const bookingId = progress.booking_id;
  const [method, setMethod] = useState(progress.booking.payment_method);
  const error = step.items.find(({ field }) => field === "payment_method")?.text;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!method) return step.setItems([{ field: "payment_method", text: t("methodMissing") }]);
    void step.send({ booking_step: "payment", booking_id: bookingId, payment_method: method }, (next) =>
      router.push(stepAddress(locale, bookingId, stepNameOf(next.next_step))),
    );
  };

  const take = ({ date, time }: ChosenTime) =>
    void step.send(
      { booking_step: "datetime_selection", booking_id: bookingId, booking_date: date, booking_time: time },
      () => undefined,
    );

  return (
    <form noValidate onSubmit={submit} className="grid gap-8 lg:grid-cols-[1fr_20rem]">
      <div className="min-w-0 max-w-2xl space-y-6">
        <HeldTime progress={progress} step={step} />
        <StepTrouble step={step} onTake={take} />
        {progress.occurrences && <Occurrences occurrences={progress.occurrences} />}
        <MethodChoice
          id="payment_method"
          serviceId={progress.booking.service}
          chosen={method}
          onChoose={setMethod}
          error={error}
        />
        <Button type="submit" wide busy={step.busy}>
          {t("goOn")}
        </Button>
      </div>
      <aside>
        <Chosen progress={progress} />
      </aside>
    </form>
  );
}
