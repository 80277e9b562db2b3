"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import { Button } from "@/ui/Button";
import { Select, TextArea, TextField } from "@/ui/Field";
import { Notice } from "@/ui/Notice";

import { Chosen } from "./Chosen";
import { type DetailsErrors, detailsBody, forgetTyped, wrongDetails } from "./details";
import { HeldTime } from "./HeldTime";
import { type ChosenTime, type Progress, stepAddress, stepNameOf } from "./model";
import { Occurrences } from "./Occurrences";
import { useService } from "./queries";
import { RecurringFields } from "./RecurringFields";
import { StepTrouble } from "./StepTrouble";
import { useDetails } from "./useDetails";
import { useStep } from "./useStep";

const LABELS = { address: "address", city: "city", phone: "phone", recurring_count: "count" } as const;
const FIELDS = ["address", "city", "phone", "recurring_count"] as const;

/** Where to come, whom to call, and whether it recurs. */
export function DetailsStep({ progress }: { progress: Progress }) {
  const t = useTranslations("wizard");
  const locale = useLocale();
  const router = useRouter();
  const step = useStep();
  const service = useService(progress.booking.service);
  const { details, change } = useDetails(progress);
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
      forgetTyped(bookingId);
      const taken = next.occurrences?.filter(({ available }) => !available) ?? [];
      // A series with gaps is shown before anything is paid; the next click goes on.
      if (taken.length > 0 && !sameOccurrences(next.occurrences, reviewed))
        return setReviewed(next.occurrences);
      router.push(stepAddress(locale, bookingId, stepNameOf(next.next_step)));
    });
  };

  const take = ({ date, time }: ChosenTime) =>
    void step.send(
      { booking_step: "datetime_selection", booking_id: bookingId, booking_date: date, booking_time: time },
      () => undefined,
    );

  const wordsFor = (field: keyof DetailsErrors) => {
    const kind = errors[field];
    return kind ? t(`wrong.${kind}`) : step.items.find((item) => item.field === field)?.text;
  };

  return (
    <form noValidate onSubmit={submit} className="grid gap-8 lg:grid-cols-[1fr_20rem]">
      <div className="min-w-0 max-w-2xl space-y-5">
        <HeldTime progress={progress} step={step} />
        <StepTrouble step={step} onTake={take} />
        <TextField
          id="address"
          label={t("address")}
          hint={t("addressHint")}
          autoComplete="street-address"
          value={details.address}
          error={wordsFor("address")}
          onChange={({ target }) => change({ address: target.value })}
        />
        <Select
          id="city"
          label={t("city")}
          value={details.city}
          error={wordsFor("city")}
          onChange={({ target }) => change({ city: target.value })}
        >
          <option value="">{t("cityChoose")}</option>
          {service.data?.city_details.map(({ id, name }) => (
            <option key={id} value={name}>
              {name}
            </option>
          ))}
        </Select>
        <TextField
          id="phone"
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          label={t("phone")}
          hint={t("phoneHint")}
          value={details.phone}
          error={wordsFor("phone")}
          onChange={({ target }) => change({ phone: target.value })}
        />
        <TextArea
          id="special_instructions"
          label={t("instructions")}
          optional={t("optional")}
          value={details.special_instructions}
          error={wordsFor("special_instructions")}
          onChange={({ target }) => change({ special_instructions: target.value })}
        />
        <RecurringFields details={details} onChange={change} error={wordsFor("recurring_count")} />
        {reviewed && (
          <Notice tone="warning" role="status">
            <Occurrences occurrences={reviewed} />
          </Notice>
        )}
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

function sameOccurrences(one: Progress["occurrences"], other: Progress["occurrences"]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
