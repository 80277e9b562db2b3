"use client";

import { useLocale, useTranslations } from "next-intl";
import type { FormEvent } from "react";

import { register } from "@/api/session";
import { useSubmission } from "@/features/errors";
import { Button } from "@/ui/Button";
import { ErrorSummary } from "@/ui/ErrorSummary";
import { TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";

import { personIn, wrongPerson } from "./person";

/** A new customer's account. `onDone` goes on with whatever asked for it. */
export function RegistrationForm({ onDone }: { onDone: () => void }) {
  const t = useTranslations("account");
  const common = useTranslations("common");
  const locale = useLocale();
  const { items, errorOf, busy, submit } = useSubmission();

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const person = personIn(new FormData(event.currentTarget));
    const wrong = wrongPerson(person).map(({ field, kind }) => ({ field, text: t(`wrong.${kind}`) }));
    const isTaken = await submit(wrong, () => register({ ...person, role: "customer", language: locale }));
    if (isTaken) onDone();
  };

  return (
    <Form onSubmit={(event) => void send(event)} className="space-y-4">
      <ErrorSummary title={common("errorSummary")} items={items} />
      <TextField
        id="full_name"
        name="full_name"
        autoComplete="name"
        label={t("fullName")}
        error={errorOf("full_name")}
      />
      <TextField
        id="email"
        name="email"
        type="email"
        autoComplete="email"
        label={t("email")}
        hint={t("emailHint")}
        error={errorOf("email")}
      />
      <TextField
        id="phone"
        name="phone"
        type="tel"
        autoComplete="tel"
        label={t("phone")}
        hint={t("phoneHint")}
        error={errorOf("phone")}
      />
      <TextField
        id="password"
        name="password"
        type="password"
        autoComplete="new-password"
        label={t("password")}
        hint={t("passwordHint")}
        error={errorOf("password")}
      />
      <Button type="submit" wide busy={busy}>
        {common("register")}
      </Button>
    </Form>
  );
}
