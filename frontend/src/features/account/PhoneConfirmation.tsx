"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import { answerOf, api } from "@/api/browser";
import type { User } from "@/api/session";
import { useRefusal } from "@/features/errors";
import { Button } from "@/ui/Button";
import { ErrorSummary } from "@/ui/ErrorSummary";
import { TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { Notice } from "@/ui/Notice";

/** Confirms a phone by the code of an SMS; only a confirmed one gets messages. */
export function PhoneConfirmation({ user }: { user: User }) {
  const t = useTranslations("account");
  const common = useTranslations("common");
  const client = useQueryClient();
  const { items, setItems, refuse, clear } = useRefusal();
  const [sent, setSent] = useState(false);
  const [busy, setBusy] = useState(false);
  if (user.phone_verified) return null;

  const ask = async (code: string | undefined, onDone: () => unknown) => {
    if (busy) return;
    setBusy(true);
    clear();
    try {
      await answerOf(api.POST("/api/auth/verify-phone/", { body: code ? { code } : {} }));
      await onDone();
    } catch (error) {
      refuse(error, (attr) => (attr === "code" ? attr : undefined));
    } finally {
      setBusy(false);
    }
  };

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code")).trim();
    if (!code) return setItems([{ field: "code", text: t("codeMissing") }]);
    void ask(code, () => client.invalidateQueries({ queryKey: ["me"] }));
  };

  return (
    <Notice tone="info" title={t("phoneUnconfirmed", { phone: user.phone })}>
      <Form onSubmit={submit} className="space-y-3">
        <p>{t("phoneUnconfirmedText")}</p>
        <ErrorSummary title={common("errorSummary")} items={items} />
        <p role="status">{sent && t("codeSent")}</p>
        {sent && (
          <>
            <TextField
              id="code"
              name="code"
              inputMode="numeric"
              autoComplete="one-time-code"
              label={t("code")}
              error={items.find(({ field }) => field === "code")?.text}
            />
            <Button type="submit" busy={busy}>
              {t("confirmNow")}
            </Button>
          </>
        )}
        <Button kind="quiet" busy={busy} onClick={() => void ask(undefined, () => setSent(true))}>
          {sent ? t("codeAgain") : t("codeSend")}
        </Button>
      </Form>
    </Notice>
  );
}
