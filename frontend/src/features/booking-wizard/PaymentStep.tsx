"use client";

import { useLocale, useTranslations } from "next-intl";
import type { FormEvent } from "react";

import { MethodChoice, SeriesCost } from "@/features/payment";
import { Button } from "@/ui/Button";
import { Form } from "@/ui/Form";

import { Chosen } from "./Chosen";
import { HeldTime } from "./HeldTime";
import { bookingsOf, type Progress, stepAddress, stepNameOf } from "./model";
import { Occurrences } from "./Occurrences";
import { StepTrouble } from "./StepTrouble";
import { useStep } from "./useStep";
import { useTyped } from "./useTyped";

/** How to pay, with fee and total before choosing. The server fixes the price here. */
export function PaymentStep({ progress }: { progress: Progress }) {
  const t = useTranslations("wizard");
  const locale = useLocale();
  const step = useStep();
  const bookingId = progress.booking_id;
  const { typed, type, forget } = useTyped<{ method: string }>("payment", bookingId);
  const method = typed.method ?? progress.booking.payment_method;
  const error = step.items.find(({ field }) => field === "payment_method")?.text;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!method) return step.setItems([{ field: "payment_method", text: t("methodMissing") }]);
    void step.send({ booking_step: "payment", booking_id: bookingId, payment_method: method }, (next) => {
      forget();
      step.goTo(stepAddress(locale, bookingId, stepNameOf(next.next_step)));
    });
  };

  return (
    <Form onSubmit={submit} className="grid gap-8 lg:grid-cols-[1fr_20rem]">
      <div className="min-w-0 max-w-2xl space-y-6">
        <HeldTime progress={progress} step={step} />
        <StepTrouble step={step} onTake={(time) => step.takeTime(progress, time)} />
        {progress.occurrences && <Occurrences occurrences={progress.occurrences} />}
        {progress.occurrences && <SeriesCost count={bookingsOf(progress)} method={method} />}
        <MethodChoice
          id="payment_method"
          serviceId={progress.booking.service}
          chosen={method}
          onChoose={(code) => type({ method: code })}
          error={error}
        />
        <Button type="submit" wide busy={step.busy}>
          {t("goOn")}
        </Button>
      </div>
      <aside>
        <Chosen progress={progress} />
      </aside>
    </Form>
  );
}
