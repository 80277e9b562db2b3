import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";

import { ApiError } from "@/api/errors";
import { waitingTime } from "@/format";
import { answerLater } from "@/server/answer-status";
import { ButtonLink } from "@/ui/Button";

import { Trouble } from "./Trouble";

const PAUSE_SECONDS = 5;

/**
 * Makes a page that reads from the API wait where the API is away or refuses to be asked so often.
 *
 * It answers 503 or 429, and the browser itself loads it again after the wait, so that it works without scripts
 * too.
 */
export function calmly<Props>(page: (props: Props) => Promise<ReactNode>) {
  return async function CalmPage(props: Props): Promise<ReactNode> {
    try {
      return await page(props);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // Asking again helps against an outage, never against a refusal of what the address asks for.
      if (!passes(error)) notFound();
      return <ComesBack error={error} />;
    }
  };
}

function passes({ status }: ApiError): boolean {
  return status === 0 || status === 429 || status >= 500;
}

/** Makes what a page says of itself do without what the API doesn't tell at the moment. */
export function calmMetadata<Args extends unknown[]>(metadata: (...args: Args) => Promise<Metadata>) {
  return async (...args: Args): Promise<Metadata> => {
    try {
      return await metadata(...args);
    } catch (error) {
      if (error instanceof ApiError) return { robots: { index: false } };
      throw error;
    }
  };
}

async function ComesBack({ error }: { error: ApiError }) {
  const t = await getTranslations("trouble");
  const locale = await getLocale();
  const kind = error.status === 429 ? "busy" : "away";
  const wait = Math.ceil(error.retryAfter ?? PAUSE_SECONDS);
  answerLater(kind === "busy" ? 429 : 503, wait);
  return (
    <>
      <meta httpEquiv="refresh" content={String(wait)} />
      <Trouble title={t(`${kind}Title`)} text={t(`${kind}Text`, { wait: waitingTime(wait, locale) })}>
        <ButtonLink kind="secondary" href="">
          {t("tryAgain")}
        </ButtonLink>
      </Trouble>
    </>
  );
}
