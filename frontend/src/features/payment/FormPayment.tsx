"use client";

import { useLocale, useTranslations } from "next-intl";

import { rupees } from "@/format";
import { Button } from "@/ui/Button";

import { PayingTrouble } from "./PayingTrouble";
import type { FormGateway } from "./methods";
import { type OnRefused, usePaying } from "./usePaying";

interface Props {
  bookingId: number;
  method: FormGateway;
  total: string;
  onRefused?: OnRefused;
}

/** Pays where the site posts a gateway's signed form, and the payer comes back to the result page. */
export function FormPayment({ bookingId, method, total, onRefused }: Props) {
  const t = useTranslations("payment");
  const locale = useLocale();
  const wallet = t(`wallets.${method}`);
  const { pay, busy, items, login } = usePaying(bookingId, onRefused);
  return (
    <div className="space-y-3">
      <PayingTrouble items={items} login={login} />
      <Button wide busy={busy} onClick={() => void pay(method)}>
        {t("payWith", { amount: rupees(total, locale), wallet })}
      </Button>
      <p role="status" className="text-ink-soft">
        {busy && t("onTheWay", { wallet })}
      </p>
    </div>
  );
}
