"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import { answerOf, api } from "@/api/browser";
import { useRefusal } from "@/features/errors";
import { Answer } from "@/ui/Answer";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { ErrorSummary } from "@/ui/ErrorSummary";
import { TextField } from "@/ui/Field";
import { Notice } from "@/ui/Notice";

/** Asks for a mail with a link. It says the same whether or not there is such an account. */
export function PasswordResetPage() {
  const t = useTranslations("account");
  const common = useTranslations("common");
  const { items, setItems, refuse } = useRefusal();
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get("email")).trim();
    setItems(email ? [] : [{ field: "email", text: t("emailMissing") }]);
    if (!email || busy) return;
    setBusy(true);
    try {
      await answerOf(api.POST("/api/auth/password-reset/", { body: { email } }));
      setSent(true);
    } catch (error) {
      refuse(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="page-form space-y-6">
      <h1>{t("resetTitle")}</h1>
      {sent ? (
        <Answer>
          <Notice tone="good" role="status" title={t("resetSent")}>
            {t("resetSentText")}
          </Notice>
        </Answer>
      ) : (
        <Card>
          <form noValidate onSubmit={(event) => void submit(event)} className="space-y-4">
            <p>{t("resetText")}</p>
            <ErrorSummary title={common("errorSummary")} items={items} />
            <TextField
              id="email"
              name="email"
              type="email"
              autoComplete="username"
              label={t("email")}
              error={items.find(({ field }) => field === "email")?.text}
            />
            <Button type="submit" wide busy={busy}>
              {t("sendLink")}
            </Button>
          </form>
        </Card>
      )}
    </div>
  );
}
