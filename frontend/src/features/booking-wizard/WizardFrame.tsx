"use client";

import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";

import { digits } from "@/format";
import { Steps } from "@/ui/Steps";

import { isDone, type Progress, stepAddress, type StepName, stepNames } from "./model";

/** The step that was shown before: each step is a page of its own, and is drawn afresh. */
let shownBefore: StepName | null = null;

interface Props {
  step: StepName;
  progress?: Progress;
  children: ReactNode;
}

/** Where one is, the way back, and the step's own heading, which takes the focus when the step changes. */
export function WizardFrame({ step, progress, children }: Props) {
  const t = useTranslations("wizard");
  const locale = useLocale();
  const heading = useRef<HTMLHeadingElement>(null);
  const number = stepNames.indexOf(step) + 1;

  useEffect(() => {
    // Not on the first page that somebody opens: there the browser begins at the top.
    if (shownBefore !== null && shownBefore !== step) heading.current?.focus();
    shownBefore = step;
  }, [step]);

  const stateOf = (name: StepName) => {
    if (name === step) return "current";
    return progress && isDone(progress, name) ? "done" : "ahead";
  };

  return (
    <div className="page space-y-6">
      <Steps
        label={t("stepsLabel")}
        doneLabel={t("stepDone")}
        steps={stepNames.map((name, index) => ({
          number: digits(index + 1, locale),
          name: t(`steps.${name}`),
          state: stateOf(name),
          href: progress ? stepAddress(locale, progress.booking_id, name) : undefined,
        }))}
      />
      <div>
        <p className="text-ink-soft">
          {t("stepOf", { number: digits(number, locale), count: digits(stepNames.length, locale) })}
        </p>
        <h1 ref={heading} tabIndex={-1}>
          {t(`headings.${step}`)}
        </h1>
      </div>
      {children}
    </div>
  );
}
