"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import { answerOf, api } from "@/api/browser";
import { useRefusal } from "@/features/errors";
import { Answer } from "@/ui/Answer";
import { Button, ButtonLink } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { ErrorSummary } from "@/ui/ErrorSummary";
import { TextField } from "@/ui/Field";
import { Notice } from "@/ui/Notice";

/** A new password, by the link of a mail. */
export function NewPasswordPage({ uid, token }: { uid: string; token: string }) {
  const t = useTranslations("account");
  const common = useTranslations("common");
  const locale = useLocale();
  const { items, setItems, refuse } = useRefusal();
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get("password"));
    setItems(password ? [] : [{ field: "password", text: t("passwordMissing") }]);
    if (!password || busy) return;
    setBusy(true);
    try {
      await answerOf(api.POST("/api/auth/password-reset/confirm/", { body: { uid, token, password } }));
      setDone(true);
    } catch (error) {
      refuse(error, (attr) => (attr === "password" ? attr : undefined));
    } finally {
      setBusy(false);
    }
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
          <form noValidate onSubmit={(event) => void submit(event)} className="space-y-4">
            <ErrorSummary title={common("errorSummary")} items={items} />
            <TextField
              id="password"
              name="password"
              type="password"
              autoComplete="new-password"
              label={t("newPassword")}
              hint={t("passwordHint")}
              error={items.find(({ field }) => field === "password")?.text}
            />
            <Button type="submit" wide busy={busy}>
              {t("setPassword")}
            </Button>
          </form>
        </Card>
      )}
    </div>
  );
}
