"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState } from "react";

import { answerOf, api } from "@/api/browser";
import { ApiError } from "@/api/errors";
import { useSubmission } from "@/features/errors";
import { Answer } from "@/ui/Answer";
import { Button, ButtonLink } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { Choice, ChoiceGroup } from "@/ui/Choice";
import { ErrorSummary } from "@/ui/ErrorSummary";
import { TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { Notice } from "@/ui/Notice";
import { Placeholder } from "@/ui/Placeholder";

type State = "trying" | "asking" | "done" | "dead" | "away";
type Secret = "password" | "new_password";

/**
 * Confirms an e-mail by the link of a mail: with the login where there is one, else with a password.
 *
 * Who registered may not be who reads the mail, so the link alone is not enough.
 */
export function VerifyEmailPage({ token }: { token: string }) {
  const t = useTranslations("account");
  const common = useTranslations("common");
  const [state, setState] = useState<State>("trying");
  const [tries, setTries] = useState(1);

  useEffect(() => {
    let isShown = true;
    void tryLink(token).then((found) => isShown && setState(found));
    return () => {
      isShown = false;
    };
  }, [token, tries]);

  const tryAgain = () => {
    setState("trying");
    setTries((count) => count + 1);
  };

  return (
    <div className="page-form space-y-6">
      <h1>{t("verifyTitle")}</h1>
      {state === "trying" && <Placeholder label={t("verifying")} className="h-40" />}
      {state === "asking" && (
        <Card>
          <SecretForm token={token} onDone={() => setState("done")} />
        </Card>
      )}
      {state === "done" && <Confirmed />}
      {state === "dead" && (
        <Notice tone="warning" role="alert" title={t("verifyFailed")}>
          {t("verifyFailedText")}
        </Notice>
      )}
      {state === "away" && (
        <Notice tone="bad" role="alert" title={common("awayTitle")}>
          <Button kind="secondary" className="mt-2" onClick={tryAgain}>
            {common("tryAgain")}
          </Button>
        </Notice>
      )}
    </div>
  );
}

async function tryLink(token: string): Promise<State> {
  try {
    await sendToken(token).catch((error: unknown) => {
      // A login that has ended is gone from the cookies by now; without one the link may still be good.
      if (error instanceof ApiError && error.status === 401) return sendToken(token);
      throw error;
    });
    return "done";
  } catch (error) {
    if (error instanceof ApiError && error.code === "password_required") return "asking";
    return error instanceof ApiError && error.status === 400 ? "dead" : "away";
  }
}

function sendToken(token: string, secret: Partial<Record<Secret, string>> = {}): Promise<unknown> {
  return answerOf(api.POST("/api/auth/verify-email/", { body: { token, ...secret } }));
}

function Confirmed() {
  const t = useTranslations("account");
  const common = useTranslations("common");
  const locale = useLocale();
  return (
    <Answer>
      <Notice tone="good" role="status" title={t("verified")}>
        <ButtonLink className="mt-3" href={`/${locale}/services`}>
          {common("toServices")}
        </ButtonLink>
      </Notice>
    </Answer>
  );
}

function SecretForm({ token, onDone }: { token: string; onDone: () => void }) {
  const t = useTranslations("account");
  const common = useTranslations("common");
  const [kind, setKind] = useState<Secret>("password");
  const { items, errorOf, busy, submit } = useSubmission((attr) => (attr === kind ? "secret" : undefined));

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const secret = String(new FormData(event.currentTarget).get("secret"));
    const missing = secret ? [] : [{ field: "secret", text: t("passwordMissing") }];
    if (await submit(missing, () => sendToken(token, { [kind]: secret }))) onDone();
  };

  return (
    <Form onSubmit={(event) => void send(event)} className="space-y-4">
      <p>{t("verifyPassword")}</p>
      <ErrorSummary title={common("errorSummary")} items={items} />
      <ChoiceGroup id="kind" legend={t("verifyWith")}>
        <Choice name="kind" checked={kind === "password"} onChange={() => setKind("password")}>
          {t("verifyWithPassword")}
        </Choice>
        <Choice name="kind" checked={kind === "new_password"} onChange={() => setKind("new_password")}>
          {t("verifyWithNew")}
        </Choice>
      </ChoiceGroup>
      <TextField
        id="secret"
        name="secret"
        type="password"
        autoComplete={kind === "password" ? "current-password" : "new-password"}
        label={kind === "password" ? t("password") : t("newPassword")}
        hint={kind === "password" ? undefined : t("passwordHint")}
        error={errorOf("secret")}
      />
      <Button type="submit" wide busy={busy}>
        {t("confirmNow")}
      </Button>
    </Form>
  );
}
