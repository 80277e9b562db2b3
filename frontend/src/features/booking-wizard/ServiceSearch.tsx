"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useDeferredValue } from "react";

import { answerOf, api } from "@/api/browser";
import { digits, duration, rupees } from "@/format";
import { Choice, ChoiceGroup } from "@/ui/Choice";
import { TextField } from "@/ui/Field";
import { Notice } from "@/ui/Notice";

const SHOWN = 8;

interface Props {
  chosen: number | null;
  onChoose: (serviceId: number) => void;
  search: string;
  onSearch: (search: string) => void;
}

/** The services that a word finds, of which one is chosen. */
export function ServiceSearch({ chosen, onChoose, search, onSearch }: Props) {
  const t = useTranslations("wizard");
  const locale = useLocale();
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

  return (
    <>
      <TextField
        id="service-search"
        type="search"
        label={t("serviceSearch")}
        value={search}
        onChange={({ target }) => onSearch(target.value)}
      />
      <div className="min-h-64">
        <ChoiceGroup id="service" legend={t("service")}>
          {found.data?.results.map((service) => (
            <Choice
              key={service.id}
              name="service"
              value={service.id}
              checked={chosen === service.id}
              onChange={() => onChoose(service.id)}
            >
              <span className="block font-semibold">{service.title}</span>
              <span className="block text-ink-soft">
                {[
                  service.provider_name,
                  duration(service.duration_minutes, locale),
                  rupees(service.discount_price ?? service.price, locale),
                ].join(" • ")}
              </span>
            </Choice>
          ))}
        </ChoiceGroup>
        <p role="status" className="mt-2 text-ink-soft">
          {found.data?.count === 0 && t("serviceNone")}
          {found.data &&
            found.data.count > found.data.results.length &&
            t("servicesShown", {
              shown: digits(found.data.results.length, locale),
              count: digits(found.data.count, locale),
            })}
        </p>
        {found.isError && <Notice tone="bad">{t("servicesFailed")}</Notice>}
      </div>
    </>
  );
}
