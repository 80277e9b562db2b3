"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import { answerOf, api } from "@/api/browser";
import { useSubmission } from "@/features/errors";
import { Answer } from "@/ui/Answer";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { ErrorSummary } from "@/ui/ErrorSummary";
import { TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { Notice } from "@/ui/Notice";

/** Asks for a mail with a link. It says the same whether or not there is such an account. */
export function PasswordResetPage() {
  const t = useTranslations("account");
  const common = useTranslations("common");
  const { items, errorOf, busy, submit } = useSubmission();
  const [sent, setSent] = useState(false);

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get("email")).trim();
    const missing = email ? [] : [{ field: "email", text: t("emailMissing") }];
    const isTaken = await submit(missing, () =>
      answerOf(api.POST("/api/auth/password-reset/", { body: { email } })),
    );
    if (isTaken) setSent(true);
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
          <Form onSubmit={(event) => void send(event)} className="space-y-4">
            <p>{t("resetText")}</p>
            <ErrorSummary title={common("errorSummary")} items={items} />
            <TextField
              id="email"
              name="email"
              type="email"
              autoComplete="username"
              label={t("email")}
              error={errorOf("email")}
            />
            <Button type="submit" wide busy={busy}>
              {t("sendLink")}
            </Button>
          </Form>
        </Card>
      )}
    </div>
  );
}
