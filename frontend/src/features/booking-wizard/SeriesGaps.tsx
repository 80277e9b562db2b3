"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";

import { ButtonLink } from "@/ui/Button";
import { Notice } from "@/ui/Notice";

import { type Occurrence, stepAddress } from "./model";
import { Occurrences } from "./Occurrences";

interface Props {
  bookingId: number;
  occurrences: readonly Occurrence[];
}

/** The dates of a series that are taken, and the choice that is left: go on without them, or another time. */
export function SeriesGaps({ bookingId, occurrences }: Props) {
  const t = useTranslations("wizard");
  const locale = useLocale();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [occurrences]);
  return (
    <div ref={box} tabIndex={-1} role="group" aria-label={t("occurrences")}>
      <Notice tone="warning">
        <Occurrences occurrences={occurrences} />
        <p className="mt-3">{t("gapsText")}</p>
        <ButtonLink kind="secondary" className="mt-3" href={stepAddress(locale, bookingId, "datetime")}>
          {t("otherTime")}
        </ButtonLink>
      </Notice>
    </div>
  );
}
