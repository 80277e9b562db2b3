"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import { useRefusal } from "@/features/errors";
import { Button } from "@/ui/Button";
import { ErrorSummary } from "@/ui/ErrorSummary";
import { TextField } from "@/ui/Field";
import { UploadProgress } from "@/ui/UploadProgress";

import { sendProof } from "./send-proof";
import { wrongSlip } from "./slip";

interface Props {
  paymentId: number;
  onSent: () => void;
}

/** The bank's number of a transfer, and a picture of its slip if there is one. */
export function ProofForm({ paymentId, onSent }: Props) {
  const t = useTranslations("payment");
  const common = useTranslations("common");
  const { items, setItems, refuse } = useRefusal();
  const [percent, setPercent] = useState<number | null>(null);
  const errorOf = (field: string) => items.find((item) => item.field === field)?.text;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const reference = String(form.get("reference")).trim();
    const slip = form.get("slip");
    const file = slip instanceof File && slip.size > 0 ? slip : null;
    const wrong = [];
    if (!reference) wrong.push({ field: "reference", text: t("referenceMissing") });
    const why = file && wrongSlip(file);
    if (why) wrong.push({ field: "slip", text: t(why) });
    setItems(wrong);
    if (wrong.length > 0 || percent !== null) return;
    setPercent(0);
    try {
      await sendProof(paymentId, reference, file, setPercent);
      onSent();
    } catch (error) {
      refuse(error);
    } finally {
      setPercent(null);
    }
  };

  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="space-y-4">
      <h3>{t("proofTitle")}</h3>
      <ErrorSummary title={common("errorSummary")} items={items} />
      <TextField
        id="reference"
        name="reference"
        label={t("bankReference")}
        hint={t("bankReferenceHint")}
        error={errorOf("reference")}
      />
      <TextField
        id="slip"
        name="slip"
        type="file"
        accept="image/jpeg,image/png,image/webp,application/pdf"
        label={t("slip")}
        hint={t("slipHint")}
        optional={common("optional")}
        error={errorOf("slip")}
      />
      <div role="status">
        {percent !== null && <UploadProgress label={t("uploading")} percent={percent} />}
      </div>
      <Button type="submit" wide busy={percent !== null}>
        {t("sendProof")}
      </Button>
    </form>
  );
}
