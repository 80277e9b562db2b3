"use client";

import { useTranslations } from "next-intl";

import { useFlags } from "@/features/flags";
import { MethodChoice, OnlyCash } from "@/features/payment";

interface Props {
  serviceId: number;
  method: string;
  onChoose: (method: string) => void;
  error?: string;
}

/** How to pay, and what that means for the booking. Where nothing is paid online there is nothing to choose. */
export function PaymentField({ serviceId, method, onChoose, error }: Props) {
  const t = useTranslations("onePage");
  const wizard = useTranslations("wizard");
  const { payments } = useFlags();
  return (
    <section aria-labelledby="payment-heading" className="space-y-4">
      <h2 id="payment-heading">{t("payment")}</h2>
      {payments ? (
        <>
          <MethodChoice
            id="payment_method"
            serviceId={serviceId}
            chosen={method}
            onChoose={onChoose}
            error={error}
          />
          <p role="status" className="empty:hidden">
            {method === "cash" && wizard("cashText")}
            {method === "bank_transfer" && wizard("transferText")}
          </p>
        </>
      ) : (
        <>
          <OnlyCash />
          <p>{t("request")}</p>
        </>
      )}
    </section>
  );
}
