"use client";

import { useLocale, useTranslations } from "next-intl";
import type { FormEvent } from "react";

import { Button } from "@/ui/Button";
import { Form } from "@/ui/Form";
import { Notice } from "@/ui/Notice";

import { type Progress, stepAddress, stepNameOf } from "./model";
import { newBookingAddress } from "./new-booking-address";
import { ServiceSearch } from "./ServiceSearch";
import { StepTrouble } from "./StepTrouble";
import { useStep } from "./useStep";
import { useTyped } from "./useTyped";

interface Typed {
  service: number;
  search: string;
}

const anybody = { staff: null, gender: "any" } as const;

/** Choosing a service, or another one: a draft then loses its time and its way to pay, as the page says. */
export function ServiceStep({ progress }: { progress?: Progress }) {
  const t = useTranslations("wizard");
  const locale = useLocale();
  const step = useStep();
  const current = progress?.booking.service ?? null;
  const { typed, type, forget } = useTyped<Typed>("service", progress?.booking_id);
  const chosen = typed.service ?? current;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen === null) return step.setItems([{ field: "service", text: t("serviceMissing") }]);
    if (!progress) return step.goTo(newBookingAddress(locale, chosen, null, anybody));
    if (chosen === current) {
      return step.goTo(stepAddress(locale, progress.booking_id, stepNameOf(progress.next_step)));
    }
    void step.send(
      { booking_step: "service_selection", booking_id: progress.booking_id, service: chosen },
      (next) => {
        forget();
        step.goTo(stepAddress(locale, next.booking_id, "datetime"));
      },
      { fieldOf: () => "service" },
    );
  };

  return (
    <Form onSubmit={submit} className="max-w-2xl space-y-6">
      <StepTrouble step={step} onTake={() => undefined} />
      <ServiceSearch
        chosen={chosen}
        onChoose={(service) => type({ service })}
        search={typed.search ?? progress?.booking.service_details.title ?? ""}
        onSearch={(search) => type({ search })}
      />
      {progress && chosen !== current && <Notice tone="warning">{t("serviceChange")}</Notice>}
      <Button type="submit" wide busy={step.busy}>
        {t("goOn")}
      </Button>
    </Form>
  );
}
