"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";

import { answerOf, api } from "@/api/browser";
import { counted, digits } from "@/format";
import { Notice } from "@/ui/Notice";

interface Props {
  /** How many bookings the series has. */
  count: number;
  /** How they are paid; null while that isn't chosen. */
  method: string | null;
}

/** Says of a series that its price is for each booking, and when the others are paid. */
export function SeriesCost({ count, method }: Props) {
  const t = useTranslations("payment");
  const locale = useLocale();
  const { data: config } = useQuery({
    queryKey: ["config"],
    queryFn: () => answerOf(api.GET("/api/config/")),
    staleTime: Infinity,
  });
  const days = config?.limits.series_payment_due_days;
  if (count < 2) return null;
  return (
    <Notice title={t("seriesEach", { shown: digits(count, locale) })}>
      {method !== "cash" && (
        <p>
          {t("seriesPaid")} {days !== undefined && t("seriesDue", counted(days, locale))}
        </p>
      )}
      {(method === "cash" || method === null) && <p>{t("seriesCash")}</p>}
    </Notice>
  );
}
