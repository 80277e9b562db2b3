"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useDeferredValue, useState } from "react";

import { answerOf, api } from "@/api/browser";
import { duration, rupees } from "@/format";
import { Button } from "@/ui/Button";
import { Choice, ChoiceGroup } from "@/ui/Choice";
import { TextField } from "@/ui/Field";
import { Notice } from "@/ui/Notice";

import { type Progress, stepAddress, stepNameOf } from "./model";
import { newBookingAddress } from "./new-booking-address";
import { StepTrouble } from "./StepTrouble";
import { useStep } from "./useStep";

const SHOWN = 8;
const anybody = { staff: null, gender: "any" } as const;

/** Choosing a service, or another one: a draft then loses its time and its way to pay, as the page says. */
export function ServiceStep({ progress }: { progress?: Progress }) {
  const t = useTranslations("wizard");
  const locale = useLocale();
  const router = useRouter();
  const step = useStep();
  const current = progress?.booking.service ?? null;
  const [chosen, setChosen] = useState(current);
  const [search, setSearch] = useState(progress?.booking.service_details.title ?? "");
  const wanted = useDeferredValue(search.trim());
  const found = useQuery({
    queryKey: ["services", wanted],
    queryFn: () =>
      answerOf(
        api.GET("/api/services/", {
          params: { query: { page_size: SHOWN, ...(wanted && { search: wanted }) } },
        }),
      ),
    staleTime: 60_000,
  });

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
      <TextField
        id="service-search"
        type="search"
        label={t("serviceSearch")}
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      <div className="min-h-64">
        <ChoiceGroup id="service" legend={t("service")}>
          {found.data?.results.map((service) => (
            <Choice
              key={service.id}
              name="service"
              value={service.id}
              checked={chosen === service.id}
              onChange={() => setChosen(service.id)}
            >
              <span className="block font-semibold">{service.title}</span>
              <span className="block text-ink-soft">
                {service.provider_name} • {duration(service.duration_minutes, locale)} •{" "}
                {rupees(service.discount_price ?? service.price, locale)}
              </span>
            </Choice>
          ))}
        </ChoiceGroup>
        <p role="status" className="mt-2 text-ink-soft">
          {found.data?.results.length === 0 && t("serviceNone")}
        </p>
        {found.isError && <Notice tone="bad">{t("servicesFailed")}</Notice>}
      </div>
      {progress && chosen !== current && <Notice tone="warning">{t("serviceChange")}</Notice>}
      <Button type="submit" wide busy={step.busy}>
        {t("goOn")}
      </Button>
    </form>
  );
}
