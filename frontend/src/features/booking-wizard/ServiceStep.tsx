"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";

import { type Progress, stepAddress, stepNameOf } from "./model";
import { newBookingAddress } from "./new-booking-address";
import { ServiceSearch } from "./ServiceSearch";
import { StepTrouble } from "./StepTrouble";
import { useStep } from "./useStep";

const anybody = { staff: null, gender: "any" } as const;

/** Choosing a service, or another one: a draft then loses its time and its way to pay, as the page says. */
export function ServiceStep({ progress }: { progress?: Progress }) {
  const t = useTranslations("wizard");
  const locale = useLocale();
  const router = useRouter();
  const step = useStep();
  const current = progress?.booking.service ?? null;
  const [chosen, setChosen] = useState(current);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen === null) return step.setItems([{ field: "service", text: t("serviceMissing") }]);
    if (!progress) return router.push(newBookingAddress(locale, chosen, null, anybody));
    if (chosen === current) {
      return router.push(stepAddress(locale, progress.booking_id, stepNameOf(progress.next_step)));
    }
    void step.send(
      { booking_step: "service_selection", booking_id: progress.booking_id, service: chosen },
      (next) => router.push(stepAddress(locale, next.booking_id, "datetime")),
      { fieldOf: () => "service" },
    );
  };

  return (
    <form noValidate onSubmit={submit} className="max-w-2xl space-y-6">
      <StepTrouble step={step} onTake={() => undefined} />
      <ServiceSearch
        chosen={chosen}
        onChoose={setChosen}
        initialSearch={progress?.booking.service_details.title}
      />
      {progress && chosen !== current && <Notice tone="warning">{t("serviceChange")}</Notice>}
      <Button type="submit" wide busy={step.busy}>
        {t("goOn")}
      </Button>
    </form>
  );
}
