"use client";

import { useTranslations } from "next-intl";

import { isOnline, PayNow, SeriesCost } from "@/features/payment";
import { Button } from "@/ui/Button";

import { Chosen } from "./Chosen";
import { HeldTime } from "./HeldTime";
import { bookingsOf, type Progress } from "./model";
import { Occurrences } from "./Occurrences";
import { StepTrouble } from "./StepTrouble";
import { useStep } from "./useStep";

/** All of it once more, and the one button that makes it real: pay, or send the request. */
export function ConfirmationStep({ progress }: { progress: Progress }) {
  const t = useTranslations("wizard");
  const step = useStep();
  const { booking, booking_id: bookingId, price } = progress;
  const method = booking.payment_method ?? "";

  const confirm = () =>
    // What is no draft any more has its place on the result page, where the wizard leads by itself.
    void step.send({ booking_step: "confirmation", booking_id: bookingId }, () => undefined);

  return (
    <div className="max-w-2xl space-y-6">
      <StepTrouble step={step} onTake={(time) => step.takeTime(progress, time)} />
      <HeldTime progress={progress} step={step} />
      <Chosen progress={progress} />
      {progress.occurrences && <Occurrences occurrences={progress.occurrences} />}
      {progress.occurrences && <SeriesCost count={bookingsOf(progress)} method={method} />}
      {isOnline(method) ? (
        <PayNow bookingId={bookingId} method={method} total={price.total} onRefused={step.meet} />
      ) : (
        <div className="space-y-3">
          <p>{method === "cash" ? t("cashText") : t("transferText")}</p>
          <Button wide busy={step.busy} onClick={confirm}>
            {method === "cash" ? t("sendRequest") : t("sendAndTransfer")}
          </Button>
        </div>
      )}
    </div>
  );
}
