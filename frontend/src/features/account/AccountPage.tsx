"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import { answerOf, api } from "@/api/browser";
import { logOut, type User } from "@/api/session";
import { useRefusal } from "@/features/errors";
import { isLocale } from "@/i18n/locales";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { ErrorSummary } from "@/ui/ErrorSummary";
import { Select, TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { Notice } from "@/ui/Notice";
import { openDocument } from "@/ui/open-document";
import { Placeholder } from "@/ui/Placeholder";

import { OwnPage } from "./OwnPage";
import { PasswordForm } from "./PasswordForm";
import { PhoneConfirmation } from "./PhoneConfirmation";

/** One's profile: name, phone, language, password, what is confirmed of it, and the way out. */
export function AccountPage() {
  const t = useTranslations("account");
  const common = useTranslations("common");
  const me = useQuery({ queryKey: ["me"], queryFn: () => answerOf(api.GET("/api/auth/me/")) });
  const locale = useLocale();
  const refusal = useRefusal();

  const leave = async () => {
    try {
      await logOut();
      openDocument(`/${locale}`);
    } catch (error) {
      refusal.refuse(error);
    }
  };

  return (
    <div className="page-narrow space-y-6">
      <h1>{common("account")}</h1>
      {me.isPending && <Placeholder label={common("loading")} className="h-96" />}
      {me.isError && <OwnPage error={me.error} onRetry={() => void me.refetch()} />}
      {me.data && (
        <>
          <Confirmation user={me.data} />
          <PhoneConfirmation user={me.data} />
          <Card>
            <ProfileForm user={me.data} />
          </Card>
          <p>
            <a className="link" href={`/${locale}/settings/notifications`}>
              {t("settingsTitle")}
            </a>
          </p>
          <Card>
            <PasswordForm user={me.data} />
          </Card>
          <ErrorSummary title={common("errorSummary")} items={refusal.items} />
          <Button kind="secondary" onClick={() => void leave()}>
            {t("logOut")}
          </Button>
        </>
      )}
    </div>
  );
}

function Confirmation({ user }: { user: User }) {
  const t = useTranslations("account");
  const { items, refuse } = useRefusal();
  const [sent, setSent] = useState(false);
  if (user.email_verified) return null;
  const resend = async () => {
    try {
      await answerOf(api.POST("/api/auth/verify-email/resend/"));
      setSent(true);
    } catch (error) {
      refuse(error);
    }
  };
  return (
    <Notice tone="warning" title={t("unconfirmed", { email: user.email })}>
      <p>{t("unconfirmedText")}</p>
      {sent ? (
        <p role="status">{t("sentAgain")}</p>
      ) : (
        <Button kind="quiet" onClick={() => void resend()}>
          {t("sendAgain")}
        </Button>
      )}
      {items.map(({ text }) => (
        <p key={text} role="alert" className="text-bad">
          {text}
        </p>
      ))}
    </Notice>
  );
}

function ProfileForm({ user }: { user: User }) {
  const t = useTranslations("account");
  const common = useTranslations("common");
  const client = useQueryClient();
  const { items, refuse, clear } = useRefusal();
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState(false);
  const errorOf = (field: string) => items.find((item) => item.field === field)?.text;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget);
    const chosen = String(form.get("language"));
    setBusy(true);
    setSaved(false);
    clear();
    try {
      const changed = await answerOf(
        api.PATCH("/api/auth/me/", {
          body: {
            full_name: String(form.get("full_name")),
            phone: String(form.get("phone")),
            language: isLocale(chosen) ? chosen : undefined,
          },
        }),
      );
      client.setQueryData(["me"], changed);
      setSaved(true);
    } catch (error) {
      refuse(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Form onSubmit={(event) => void submit(event)} className="space-y-4">
      <ErrorSummary title={common("errorSummary")} items={items} />
      <TextField
        id="full_name"
        name="full_name"
        autoComplete="name"
        label={t("fullName")}
        defaultValue={user.full_name}
        error={errorOf("full_name")}
      />
      <TextField
        id="phone"
        name="phone"
        type="tel"
        autoComplete="tel"
        label={t("phone")}
        defaultValue={user.phone}
        error={errorOf("phone")}
      />
      <Select id="language" name="language" label={t("mailLanguage")} defaultValue={user.language}>
        <option value="en">{common("english")}</option>
        <option value="ne">{common("nepali")}</option>
      </Select>
      <Button type="submit" wide busy={busy}>
        {t("save")}
      </Button>
      <p role="status" className="font-semibold text-good">
        {saved && t("saved")}
      </p>
    </Form>
  );
}
