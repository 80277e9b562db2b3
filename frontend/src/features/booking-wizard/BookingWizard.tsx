"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useEffect } from "react";

import { ApiError } from "@/api/errors";
import { LoginForm } from "@/features/account";
import { Away, useTrouble } from "@/features/errors";
import { ButtonLink } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { Placeholder } from "@/ui/Placeholder";

import { ConfirmationStep } from "./ConfirmationStep";
import { DateTimeStep } from "./DateTimeStep";
import { DetailsStep } from "./DetailsStep";
import { allowedStep, type Progress, stepAddress, type StepName } from "./model";
import { PaymentStep } from "./PaymentStep";
import { useProgress } from "./queries";
import { ServiceStep } from "./ServiceStep";
import { WizardFrame } from "./WizardFrame";

interface Props {
  bookingId: number;
  step: StepName;
  /** Today in the marketplace's zone. */
  today: string;
}

/**
 * The booking in five steps: service, date and time, details, payment, confirmation.
 *
 * Its state is the server's, and its place is the address: a reload, Back, a second tab and another device all
 * go on where it stands.
 */
export function BookingWizard({ bookingId, step, today }: Props) {
  const t = useTranslations("wizard");
  const locale = useLocale();
  const router = useRouter();
  const progress = useProgress(bookingId);
  const trouble = useTrouble(progress);
  const known = progress.data?.data;
  const isOver = known !== undefined && known.booking.status !== "draft";
  const shown = known && !isOver ? allowedStep(known, step) : step;

  useEffect(() => {
    if (!known) return;
    if (isOver) router.replace(`/${locale}/booking/${bookingId}/result`);
    else if (shown !== step) router.replace(stepAddress(locale, bookingId, shown));
  }, [known, isOver, shown, step, bookingId, locale, router]);

  if (!known || isOver) {
    return (
      <WizardFrame step={step}>
        {trouble ? (
          <NotThere error={trouble} onRetry={() => void progress.refetch()} />
        ) : (
          <Placeholder label={t("loading")} className="h-80" />
        )}
      </WizardFrame>
    );
  }
  return (
    <WizardFrame step={shown} progress={known}>
      <CurrentStep step={shown} progress={known} today={today} />
    </WizardFrame>
  );
}

interface CurrentProps {
  step: StepName;
  progress: Progress;
  today: string;
}

function CurrentStep({ step, progress, today }: CurrentProps) {
  switch (step) {
    case "service":
      return <ServiceStep progress={progress} />;
    case "datetime":
      return <DateTimeStep key={progress.booking.service} progress={progress} today={today} />;
    case "details":
      return <DetailsStep progress={progress} />;
    case "payment":
      return <PaymentStep progress={progress} />;
    case "confirmation":
      return <ConfirmationStep progress={progress} />;
  }
}

function NotThere({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const t = useTranslations("wizard");
  const common = useTranslations("common");
  const locale = useLocale();
  if (error instanceof ApiError && error.status === 401) {
    return (
      <div className="max-w-md space-y-4">
        <Notice title={t("loginToGoOn")} />
        <LoginForm onDone={onRetry} />
      </div>
    );
  }
  if (error instanceof ApiError && error.status === 404) {
    return (
      <Notice tone="warning" title={t("goneTitle")}>
        <p className="mb-3">{t("goneText")}</p>
        <ButtonLink href={`/${locale}/services`}>{common("toServices")}</ButtonLink>
      </Notice>
    );
  }
  return <Away error={error} onRetry={onRetry} />;
}
