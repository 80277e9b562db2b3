"use client";

import { useLocale, useTranslations } from "next-intl";

import type { components } from "@/api/schema";
import { useFlags } from "@/features/flags";
import { digits, isSomething, rupees } from "@/format";

import type { PaymentMethod } from "./methods";

interface Props {
  method: PaymentMethod;
  /** What the service costs this way; undefined while the server reckons. */
  price: components["schemas"]["Price"] | undefined;
}

/** What one pays in the end, and the fee in it. Only the wizard's server reckons totals; else the fee in percent. */
export function MethodPrice({ method, price }: Props) {
  const t = useTranslations("payment");
  const locale = useLocale();
  if (!useFlags().wizard) {
    const percentage = method.processing_fee_percentage ?? "0";
    const percent = digits(Number(percentage), locale);
    return (
      <span className="text-right text-ink-soft">
        {isSomething(percentage) ? t("withFeePercent", { percent }) : t("noFee")}
      </span>
    );
  }
  return (
    <span className="text-right">
      <span className="block font-semibold tabular-nums">{price ? rupees(price.total, locale) : "…"}</span>
      <span className="block text-sm text-ink-soft">
        {price && (isSomething(price.fee) ? t("withFee", { fee: rupees(price.fee, locale) }) : t("noFee"))}
      </span>
    </span>
  );
}
