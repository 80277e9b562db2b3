"use client";

import { useLocale, useTranslations } from "next-intl";

import { Card } from "@/ui/Card";
import { replaceDocument } from "@/ui/open-document";

import { LoginForm } from "./LoginForm";
import { RegistrationForm } from "./RegistrationForm";

interface Props {
  kind: "login" | "register";
  /** Where to go on to: an address of the site. */
  next: string;
}

/** Login or registration as a page of its own, each with the way to the other and back to what was begun. */
export function EntryPage({ kind, next }: Props) {
  const t = useTranslations("account");
  const common = useTranslations("common");
  const locale = useLocale();
  // A new document: what surrounds the page, and its policy for gateways, belong to the new login.
  const goOn = () => replaceDocument(next);
  const other = kind === "login" ? "register" : "login";
  return (
    <div className="page-form space-y-6">
      <h1>{kind === "login" ? common("logIn") : common("register")}</h1>
      {next.includes("/book/") && <p className="text-ink-soft">{t("choiceKept")}</p>}
      <Card>{kind === "login" ? <LoginForm onDone={goOn} /> : <RegistrationForm onDone={goOn} />}</Card>
      <p>
        {kind === "login" ? t("noAccount") : t("haveAccount")}{" "}
        <a className="link" href={`/${locale}/${other}?next=${encodeURIComponent(next)}`}>
          {kind === "login" ? common("register") : common("logIn")}
        </a>
      </p>
    </div>
  );
}
