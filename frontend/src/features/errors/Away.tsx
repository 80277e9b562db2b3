"use client";

import { useLocale, useTranslations } from "next-intl";

import { ApiError } from "@/api/errors";
import { waitingTime } from "@/format";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";

interface Props {
  error: Error;
  /** What is safe meanwhile, where there is something better to say than that everything is. */
  text?: string;
  onRetry: () => void;
}

/** Says that there is nothing to show at the moment: the API is away, or was asked too often. */
export function Away({ error, text, onRetry }: Props) {
  const t = useTranslations("common");
  const errors = useTranslations("errors");
  const locale = useLocale();
  const wait = error instanceof ApiError && error.status === 429 ? error.retryAfter : null;
  return (
    <Notice tone="bad" role="alert" title={wait === null ? t("awayTitle") : errors("throttled")}>
      <p className="mb-3">
        {wait === null ? (text ?? t("awayText")) : errors("waiting", { wait: waitingTime(wait, locale) })}
      </p>
      <Button kind="secondary" onClick={onRetry}>
        {t("tryAgain")}
      </Button>
    </Notice>
  );
}
