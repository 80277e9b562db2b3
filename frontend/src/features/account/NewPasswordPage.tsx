"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import { answerOf, api } from "@/api/browser";
import { useSubmission } from "@/features/errors";
import { Answer } from "@/ui/Answer";
import { Button, ButtonLink } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { ErrorSummary } from "@/ui/ErrorSummary";
import { TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { Notice } from "@/ui/Notice";

/** A new password, by the link of a mail. */
export function NewPasswordPage({ uid, token }: { uid: string; token: string }) {
  const t = useTranslations("account");
  const common = useTranslations("common");
  const locale = useLocale();
  const { items, errorOf, busy, submit } = useSubmission((attr) => (attr === "password" ? attr : undefined));
  const [done, setDone] = useState(false);

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get("password"));
    const missing = password ? [] : [{ field: "password", text: t("newPasswordMissing") }];
    const isTaken = await submit(missing, () =>
      answerOf(api.POST("/api/auth/password-reset/confirm/", { body: { uid, token, password } })),
    );
    if (isTaken) setDone(true);
  };

  return (
    <div className="page-form space-y-6">
      <h1>{t("newPasswordTitle")}</h1>
      {done ? (
        <Answer>
          <Notice tone="good" role="status" title={t("passwordChanged")}>
            <ButtonLink className="mt-3" href={`/${locale}/login`}>
              {common("logIn")}
            </ButtonLink>
          </Notice>
        </Answer>
      ) : (
        <Card>
          <Form onSubmit={(event) => void send(event)} className="space-y-4">
            <ErrorSummary title={common("errorSummary")} items={items} />
            <TextField
              id="password"
              name="password"
              type="password"
              autoComplete="new-password"
              label={t("newPassword")}
              hint={t("passwordHint")}
              error={errorOf("password")}
            />
            <Button type="submit" wide busy={busy}>
              {t("setPassword")}
            </Button>
          </Form>
        </Card>
      )}
    </div>
  );
}
