"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";

import { useDates } from "@/features/calendar";
import { useFlags } from "@/features/flags";
import { clockTime, dayOf, rupees } from "@/format";
import { Answer } from "@/ui/Answer";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { Fact, Facts } from "@/ui/Facts";
import { Notice } from "@/ui/Notice";
import { Placeholder } from "@/ui/Placeholder";

import { answerOf, api } from "@/api/browser";
import { endIntent, keyOfIntent } from "@/api/intent";
import { initiatePayment } from "./initiate";
import { ProofForm } from "./ProofForm";
import type { Booking } from "./useOutcome";

/** Where to transfer the money to, until when, and the way to say that it was done. */
export function BankTransfer({ booking }: { booking: Booking }) {
  const t = useTranslations("payment");
  const { payments } = useFlags();
  return payments ? <Instructions booking={booking} /> : <Notice tone="warning">{t("transferOff")}</Notice>;
}

function Instructions({ booking }: { booking: Booking }) {
  const t = useTranslations("payment");
  const common = useTranslations("common");
  const locale = useLocale();
  const dates = useDates();
  const client = useQueryClient();
  const intent = `pay ${booking.id} bank_transfer`;
  const opened = useMutation({
    mutationFn: () => initiatePayment(booking.id, "bank_transfer", keyOfIntent(intent)),
    onSuccess: () => endIntent(intent),
  });
  const [sent, setSent] = useState(false);
  const { mutate } = opened;
  useEffect(() => mutate(), [mutate]);
  const payment = opened.data?.payment;
  const proof = useQuery({
    queryKey: ["proof", payment?.id],
    queryFn: () =>
      payment
        ? answerOf(
            api.GET("/api/payments/{payment_id}/proof/", { params: { path: { payment_id: payment.id } } }),
          )
        : null,
    enabled: payment !== undefined,
    retry: false,
  });

  if (opened.isError) {
    return (
      <Notice tone="bad" role="alert" title={t("instructionsFailed")}>
        <Button kind="secondary" className="mt-2" onClick={() => mutate()}>
          {common("tryAgain")}
        </Button>
      </Notice>
    );
  }
  const action = opened.data?.action;
  if (!payment || action?.type !== "instructions") {
    return <Placeholder label={common("loading")} className="h-72" />;
  }
  return (
    <Card>
      <h2 className="mb-3">{t("transferTitle")}</h2>
      <Facts>
        <Fact name={t("bank")}>
          {action.account.bank_name}
          {action.account.branch && `, ${action.account.branch}`}
        </Fact>
        <Fact name={t("accountName")}>{action.account.account_name}</Fact>
        <Fact name={t("accountNumber")}>
          <span className="tabular-nums">{action.account.account_number}</span>
        </Fact>
        <Fact name={t("amount")}>{rupees(action.amount, locale)}</Fact>
        <Fact name={t("remark")}>
          <strong>{action.reference}</strong>
        </Fact>
        {booking.respond_by && (
          <Fact name={t("until")}>
            {dates.long(dayOf(booking.respond_by))}, {clockTime(booking.respond_by, locale)}
          </Fact>
        )}
      </Facts>
      <div className="mt-5">
        {proof.data?.reference ? (
          <ProofSent reference={proof.data.reference} justNow={sent} />
        ) : (
          <ProofForm
            paymentId={payment.id}
            onSent={(proof) => {
              setSent(true);
              client.setQueryData(["proof", payment.id], proof);
            }}
          />
        )}
      </div>
    </Card>
  );
}

function ProofSent({ reference, justNow }: { reference: string; justNow: boolean }) {
  const t = useTranslations("payment");
  const thanks = (
    <Notice tone="good" role="status" title={t("proofSent")}>
      {t("proofSentText", { reference })}
    </Notice>
  );
  return justNow ? <Answer>{thanks}</Answer> : thanks;
}
