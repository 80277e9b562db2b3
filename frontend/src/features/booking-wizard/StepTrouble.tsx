"use client";

import { useTranslations } from "next-intl";

import { LoginDialog } from "@/features/account";
import { ErrorSummary } from "@/ui/ErrorSummary";

import { Alternatives } from "./Alternatives";
import type { ChosenTime } from "./model";
import type { Sending } from "./useSending";

interface Props {
  step: Omit<Sending, "send">;
  onTake: (chosen: ChosenTime) => void;
}

/** What keeps a step, or a booking, from being made: errors, a lost time with others instead, a login that has ended. */
export function StepTrouble({ step, onTake }: Props) {
  const t = useTranslations("wizard");
  const common = useTranslations("common");
  return (
    <>
      <ErrorSummary title={common("errorSummary")} items={step.items} />
      {step.lost && <Alternatives slots={step.lost} busy={step.busy} onTake={onTake} />}
      <LoginDialog title={t("loginEnded")} open={step.loginEnded} onDone={step.goOn} onClose={step.stayOut} />
    </>
  );
}
