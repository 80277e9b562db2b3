"use client";

import { useTranslations } from "next-intl";

import { LoginForm } from "@/features/account";
import { Dialog } from "@/ui/Dialog";
import { ErrorSummary } from "@/ui/ErrorSummary";

import type { Paying } from "./usePaying";

/** What keeps somebody from paying: a refusal, or a login that has ended, to be renewed on the spot. */
export function PayingTrouble({ items, login }: Pick<Paying, "items" | "login">) {
  const t = useTranslations("payment");
  const common = useTranslations("common");
  return (
    <>
      <ErrorSummary title={common("errorSummary")} items={items} />
      <Dialog title={t("loginEnded")} open={login.ended} onClose={login.stayOut}>
        <LoginForm onDone={login.goOn} />
      </Dialog>
    </>
  );
}
