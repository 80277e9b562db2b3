"use client";

import { useTranslations } from "next-intl";

import { LoginDialog } from "@/features/account";
import { ErrorSummary } from "@/ui/ErrorSummary";

import type { Paying } from "./usePaying";

/** What keeps somebody from paying: a refusal, or a login that has ended, to be renewed on the spot. */
export function PayingTrouble({ items, login }: Pick<Paying, "items" | "login">) {
  const t = useTranslations("payment");
  const common = useTranslations("common");
  return (
    <>
      <ErrorSummary title={common("errorSummary")} items={items} />
      <LoginDialog title={t("loginEnded")} open={login.ended} onDone={login.goOn} onClose={login.stayOut} />
    </>
  );
}
