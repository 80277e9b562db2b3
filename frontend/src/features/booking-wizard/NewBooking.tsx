"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";

import { Button } from "@/ui/Button";
import { Form } from "@/ui/Form";

import { endIntent, keyOfIntent } from "@/api/intent";
import type { ChosenTime, Service, Wish } from "./model";
import { draftAddress, newBookingAddress } from "./new-booking-address";
import { StepTrouble } from "./StepTrouble";
import { TimeChoice } from "./TimeChoice";
import { useChoice } from "./useChoice";
import { useStep } from "./useStep";
import { WizardFrame } from "./WizardFrame";
import { Wishes } from "./Wishes";

interface Props {
  service: Service;
  today: string;
  isLoggedIn: boolean;
}

/**
 * Date and time before there is a draft. Nobody needs an account for it: the choice stands in the address, and a
 * login or registration comes back to exactly that and goes on.
 */
export function NewBooking({ service, today, isLoggedIn }: Props) {
  const t = useTranslations("wizard");
  const locale = useLocale();
  const step = useStep();
  const initial = useChoice();
  const [wish, setWish] = useState(initial.wish);
  const [chosen, setChosen] = useState(initial.chosen);
  const [missing, setMissing] = useState(false);
  const wentOn = useRef(false);
  const intent = `book ${service.id}`;

  const choose = (next: ChosenTime | null, nextWish: Wish = wish) => {
    setChosen(next);
    window.history.replaceState(null, "", newBookingAddress(locale, service.id, next, nextWish));
  };

  const take = (time: ChosenTime) => {
    if (!isLoggedIn) {
      const back = `${newBookingAddress(locale, service.id, time, wish)}&go=1`;
      step.goTo(`/${locale}/login?next=${encodeURIComponent(back)}`);
      return;
    }
    void step.send(
      { booking_step: "service_selection", service: service.id },
      (draft) => {
        endIntent(intent);
        // In this page's place, so that Back leads to the catalogue and no second draft is made. The draft's own
        // page takes the time: there the alternatives belong, should it be gone.
        step.replaceBy(draftAddress(locale, draft.booking_id, time, wish));
      },
      { key: keyOfIntent(intent) },
    );
  };

  useEffect(() => {
    if (!initial.goOn || wentOn.current || !isLoggedIn || !initial.chosen) return;
    wentOn.current = true;
    take(initial.chosen);
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!chosen);
    if (chosen) take(chosen);
    else step.setItems([{ field: "time", text: t("timeMissing") }]);
  };

  return (
    <WizardFrame step="datetime">
      <Form onSubmit={submit} className="space-y-6">
        <p className="text-lg font-semibold">{service.title}</p>
        <StepTrouble step={step} onTake={take} />
        <Wishes
          service={service}
          wish={wish}
          onChange={(next) => {
            setWish(next);
            choose(chosen, next);
          }}
        />
        <TimeChoice
          service={service}
          wish={wish}
          today={today}
          chosen={chosen}
          onChoose={choose}
          initialDate={initial.chosen?.date ?? null}
          error={missing && !chosen ? t("timeMissing") : undefined}
        />
        <Button type="submit" wide busy={step.busy}>
          {isLoggedIn ? t("holdAndGoOn") : t("logInAndGoOn")}
        </Button>
      </Form>
    </WizardFrame>
  );
}
