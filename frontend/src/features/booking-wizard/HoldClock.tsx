"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";

import { serverNow } from "@/api/clock";
import { countdown, counted } from "@/format";
import { Button } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { Notice } from "@/ui/Notice";

const WARNINGS = [300, 60];

interface Props {
  /** An instant of the server's; null where it lies behind. */
  expiresAt: string | null;
  /** Asks for the same time again. */
  onRenew: () => void;
  renewing: boolean;
}

/** How long the chosen time is still held, by the server's clock; and, once it ran out, the way to get it back. */
export function HoldClock({ expiresAt, onRenew, renewing }: Props) {
  const t = useTranslations("wizard");
  const locale = useLocale();
  const seconds = useSecondsUntil(expiresAt);
  const warning = WARNINGS.filter((limit) => seconds <= limit).at(-1);
  const spoken = warning === undefined ? "" : t("holdWarning", counted(warning / 60, locale));

  if (seconds <= 0) {
    return (
      <Notice tone="warning" role="alert" title={t("holdOverTitle")}>
        <p>{t("holdOverText")}</p>
        <Button kind="secondary" className="mt-2" busy={renewing} onClick={onRenew}>
          {t("holdAgain")}
        </Button>
      </Notice>
    );
  }
  return (
    <div
      className={classes(
        "w-fit rounded-medium px-4 py-1.5",
        seconds <= 60 ? "bg-bad-soft font-semibold text-bad" : "bg-sunken",
      )}
    >
      <p role="timer" aria-live="off">
        {t("heldFor")} <span className="tabular-nums">{countdown(seconds, locale)}</span>
      </p>
      <p role="status" className="sr-only">
        {spoken}
      </p>
    </div>
  );
}

function secondsUntil(instant: string | null): number {
  return instant ? Math.ceil((Date.parse(instant) - serverNow()) / 1000) : 0;
}

function useSecondsUntil(instant: string | null): number {
  const [seconds, setSeconds] = useState(() => secondsUntil(instant));
  useEffect(() => {
    const tick = () => setSeconds(secondsUntil(instant));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [instant]);
  return seconds;
}
