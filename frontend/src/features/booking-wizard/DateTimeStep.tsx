"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";

import { Button } from "@/ui/Button";
import { Form } from "@/ui/Form";
import { Placeholder } from "@/ui/Placeholder";

import { Chosen } from "./Chosen";
import { HeldTime } from "./HeldTime";
import { type ChosenTime, type Progress, stepAddress, stepNameOf, type Wish } from "./model";
import { useService } from "./queries";
import { StepTrouble } from "./StepTrouble";
import { TimeChoice } from "./TimeChoice";
import { useChoice } from "./useChoice";
import { useStep } from "./useStep";
import { useTyped } from "./useTyped";
import { Wishes } from "./Wishes";

interface Typed {
  /** Null where a day was opened and none of its times chosen yet. */
  chosen: ChosenTime | null;
  wish: Wish;
}

interface Props {
  progress: Progress;
  today: string;
}

/** Choosing a time, which the server then holds. Choosing again moves the hold; the other steps stay. */
export function DateTimeStep({ progress, today }: Props) {
  const t = useTranslations("wizard");
  const locale = useLocale();
  const step = useStep();
  const initial = useChoice();
  const { booking } = progress;
  const service = useService(booking.service);
  const { typed, type, forget } = useTyped<Typed>("datetime", progress.booking_id);
  const known = initial.chosen ? initial : { chosen: heldTime(progress), wish: heldWish(progress) };
  const { chosen, wish } = { ...known, ...typed };
  const tookInitial = useRef(false);
  const [missing, setMissing] = useState(false);

  const take = ({ date, time }: ChosenTime) => {
    type({ chosen: { date, time } });
    void step.send(
      {
        booking_step: "datetime_selection",
        booking_id: progress.booking_id,
        booking_date: date,
        booking_time: time,
        staff: wish.staff,
        preferred_provider_gender: wish.gender,
      },
      (next) => {
        forget();
        step.goTo(stepAddress(locale, next.booking_id, stepNameOf(next.next_step)));
      },
      { fieldOf: () => "time" },
    );
  };

  useEffect(() => {
    if (!initial.goOn || !initial.chosen || tookInitial.current) return;
    tookInitial.current = true;
    // Without the choice in the address, or Back would take it again.
    window.history.replaceState(null, "", stepAddress(locale, progress.booking_id, "datetime"));
    take(initial.chosen);
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!chosen);
    if (chosen) take(chosen);
    else step.setItems([{ field: "time", text: t("timeMissing") }]);
  };

  return (
    <Form onSubmit={submit} className="grid gap-8 lg:grid-cols-[1fr_20rem]">
      <div className="min-w-0 space-y-6">
        <HeldTime progress={progress} step={step} />
        <StepTrouble step={step} onTake={take} />
        {service.data ? (
          <>
            <Wishes service={service.data} wish={wish} onChange={(next) => type({ wish: next })} />
            <TimeChoice
              service={service.data}
              bookingId={progress.booking_id}
              wish={wish}
              today={today}
              chosen={chosen}
              onChoose={(next) => type({ chosen: next })}
              initialDate={chosen?.date ?? null}
              error={missing && !chosen ? t("timeMissing") : undefined}
            />
          </>
        ) : (
          <Placeholder label={t("loading")} className="h-96" />
        )}
        <Button type="submit" wide busy={step.busy}>
          {t("holdAndGoOn")}
        </Button>
      </div>
      <aside>
        <Chosen progress={progress} />
      </aside>
    </Form>
  );
}

function heldTime({ booking }: Progress): ChosenTime | null {
  return booking.booking_date && booking.booking_time
    ? { date: booking.booking_date, time: booking.booking_time }
    : null;
}

function heldWish({ booking, wanted_staff }: Progress): Wish {
  return { staff: wanted_staff, gender: booking.preferred_provider_gender };
}
