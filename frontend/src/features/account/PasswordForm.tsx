"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import { answerOf, api } from "@/api/browser";
import { logIn, type User } from "@/api/session";
import { useRefusal } from "@/features/errors";
import { Button } from "@/ui/Button";
import { ErrorSummary, type SummaryItem } from "@/ui/ErrorSummary";
import { TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";

/** Another password. It ends the logins of all devices, and this one is given a new one at once. */
export function PasswordForm({ user }: { user: User }) {
  const t = useTranslations("account");
  const common = useTranslations("common");
  const { items, setItems, refuse } = useRefusal();
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState(false);
  const errorOf = (field: string) => items.find((item) => item.field === field)?.text;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = new FormData(form);
    const present = String(typed.get("old_password"));
    const wanted = String(typed.get("new_password"));
    const missing: SummaryItem[] = [];
    if (!present) missing.push({ field: "old_password", text: t("passwordMissing") });
    if (!wanted) missing.push({ field: "new_password", text: t("newPasswordMissing") });
    setItems(missing);
    if (missing.length > 0 || busy) return;
    setBusy(true);
    setSaved(false);
    try {
      const body = { old_password: present, new_password: wanted };
      await answerOf(api.POST("/api/auth/password-change/", { body }));
      form.reset();
      setSaved(true);
      await logIn({ email: user.email, password: wanted });
    } catch (error) {
      refuse(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Form onSubmit={(event) => void submit(event)} className="space-y-4">
      <h2>{t("passwordTitle")}</h2>
      <p className="text-ink-soft">{t("passwordText")}</p>
      <ErrorSummary title={common("errorSummary")} items={items} />
      <TextField
        id="old_password"
        name="old_password"
        type="password"
        autoComplete="current-password"
        label={t("oldPassword")}
        error={errorOf("old_password")}
      />
      <TextField
        id="new_password"
        name="new_password"
        type="password"
        autoComplete="new-password"
        label={t("newPassword")}
        hint={t("passwordHint")}
        error={errorOf("new_password")}
      />
      <Button type="submit" wide busy={busy}>
        {t("setPassword")}
      </Button>
      <p role="status" className="font-semibold text-good">
        {saved && t("passwordSaved")}
      </p>
    </Form>
  );
}
