"use client";

import { useLocale, useTranslations } from "next-intl";
import type { FormEvent } from "react";

import { logIn } from "@/api/session";
import { useSubmission } from "@/features/errors";
import { Button } from "@/ui/Button";
import { ErrorSummary, type SummaryItem } from "@/ui/ErrorSummary";
import { TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";

/** E-mail and password. `onDone` goes on with whatever asked for the login. */
export function LoginForm({ onDone }: { onDone: () => void }) {
  const t = useTranslations("account");
  const common = useTranslations("common");
  const locale = useLocale();
  const { items, errorOf, busy, submit } = useSubmission();

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const email = String(form.get("email")).trim();
    const password = String(form.get("password"));
    const missing: SummaryItem[] = [];
    if (!email) missing.push({ field: "email", text: t("emailMissing") });
    if (!password) missing.push({ field: "password", text: t("passwordMissing") });
    if (await submit(missing, () => logIn({ email, password }))) onDone();
  };

  return (
    <Form onSubmit={(event) => void send(event)} className="space-y-4">
      <ErrorSummary title={common("errorSummary")} items={items} />
      <TextField
        id="email"
        name="email"
        type="email"
        autoComplete="username"
        label={t("email")}
        error={errorOf("email")}
      />
      <TextField
        id="password"
        name="password"
        type="password"
        autoComplete="current-password"
        label={t("password")}
        error={errorOf("password")}
      />
      <Button type="submit" wide busy={busy}>
        {common("logIn")}
      </Button>
      <p>
        <a className="link" href={`/${locale}/password-reset`}>
          {t("forgotten")}
        </a>
      </p>
    </Form>
  );
}
