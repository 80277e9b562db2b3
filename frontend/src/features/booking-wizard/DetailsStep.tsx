"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import { Button } from "@/ui/Button";
import { Form } from "@/ui/Form";

import { Chosen } from "./Chosen";
import { ContactFields } from "./ContactFields";
import { type Details, type DetailsErrors, detailsBody, wrongDetails } from "./details";
import { HeldTime } from "./HeldTime";
import { type Progress, stepAddress, stepNameOf } from "./model";
import { useService } from "./queries";
import { RecurringFields } from "./RecurringFields";
import { SeriesGaps } from "./SeriesGaps";
import { StepTrouble } from "./StepTrouble";
import { useDetails } from "./useDetails";
import { useStep } from "./useStep";

const LABELS = { address: "address", city: "city", phone: "phone", recurring_count: "count" } as const;
const FIELDS = ["address", "city", "phone", "recurring_count"] as const;

/** Where to come, whom to call, and whether it recurs. */
export function DetailsStep({ progress }: { progress: Progress }) {
  const t = useTranslations("wizard");
  const locale = useLocale();
  const step = useStep();
  const service = useService(progress.booking.service);
  const { details, change, forget } = useDetails(progress);
  const [errors, setErrors] = useState<DetailsErrors>({});
  const [reviewed, setReviewed] = useState<Progress["occurrences"]>();
  const bookingId = progress.booking_id;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = wrongDetails(details);
    setErrors(wrong);
    const items = FIELDS.flatMap((field) => {
      const kind = wrong[field];
      return kind ? [{ field, text: `${t(LABELS[field])}: ${t(`wrong.${kind}`)}` }] : [];
    });
    if (items.length > 0) return step.setItems(items);
    void step.send(detailsBody(bookingId, details, true), (next) => {
      forget();
      const taken = next.occurrences?.filter(({ available }) => !available) ?? [];
      // A series with gaps is shown before anything is paid; the next click goes on.
      if (taken.length > 0 && !sameOccurrences(next.occurrences, reviewed))
        return setReviewed(next.occurrences);
      step.goTo(stepAddress(locale, bookingId, stepNameOf(next.next_step)));
    });
  };

  const changeSeries = (changes: Partial<Details>) => {
    setReviewed(undefined);
    change(changes);
  };

  const wordsFor = (field: keyof DetailsErrors) => {
    const kind = errors[field];
    return kind ? t(`wrong.${kind}`) : step.items.find((item) => item.field === field)?.text;
  };

  return (
    <Form onSubmit={submit} className="grid gap-8 lg:grid-cols-[1fr_20rem]">
      <div className="min-w-0 max-w-2xl space-y-5">
        <HeldTime progress={progress} step={step} />
        <StepTrouble step={step} onTake={(time) => step.takeTime(progress, time)} />
        <ContactFields service={service.data} contact={details} onChange={change} errorOf={wordsFor} />
        <RecurringFields details={details} onChange={changeSeries} error={wordsFor("recurring_count")} />
        {reviewed && <SeriesGaps bookingId={bookingId} occurrences={reviewed} />}
        <Button type="submit" wide busy={step.busy}>
          {reviewed ? t("goOnWithout") : t("goOn")}
        </Button>
      </div>
      <aside>
        <Chosen progress={progress} />
      </aside>
    </Form>
  );
}

function sameOccurrences(one: Progress["occurrences"], other: Progress["occurrences"]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
