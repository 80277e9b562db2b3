"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import { useSubmission } from "@/features/errors";
import { Button } from "@/ui/Button";
import { ErrorSummary } from "@/ui/ErrorSummary";
import { FileField, TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { UploadProgress } from "@/ui/UploadProgress";

import { type Proof, sendProof } from "./send-proof";
import { wrongSlip } from "./slip";

interface Props {
  paymentId: number;
  onSent: (proof: Proof) => void;
}

/** The bank's number of a transfer, and a picture of its slip if there is one. */
export function ProofForm({ paymentId, onSent }: Props) {
  const t = useTranslations("payment");
  const common = useTranslations("common");
  const { items, errorOf, busy, submit } = useSubmission();
  const [slip, setSlip] = useState<File | null>(null);
  const [percent, setPercent] = useState(0);

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reference = String(new FormData(event.currentTarget).get("reference")).trim();
    const wrong = [];
    if (!reference) wrong.push({ field: "reference", text: t("referenceMissing") });
    const why = slip && wrongSlip(slip);
    if (why) wrong.push({ field: "slip", text: t(why) });
    await submit(wrong, async () => onSent(await sendProof(paymentId, reference, slip, setPercent)));
  };

  return (
    <Form onSubmit={(event) => void send(event)} className="space-y-4">
      <h3>{t("proofTitle")}</h3>
      <ErrorSummary title={common("errorSummary")} items={items} />
      <TextField
        id="reference"
        name="reference"
        label={t("bankReference")}
        hint={t("bankReferenceHint")}
        error={errorOf("reference")}
      />
      <FileField
        id="slip"
        name="slip"
        accept="image/jpeg,image/png,image/webp,application/pdf"
        label={t("slip")}
        choose={t("slipChoose")}
        chosen={slip?.name ?? t("slipNone")}
        hint={t("slipHint")}
        optional={common("optional")}
        error={errorOf("slip")}
        onChange={({ target }) => setSlip(target.files?.[0] ?? null)}
      />
      <div role="status">{busy && <UploadProgress label={t("uploading")} percent={percent} />}</div>
      <Button type="submit" wide busy={busy}>
        {t("sendProof")}
      </Button>
    </Form>
  );
}
