"use client";

import { useLocale, useTranslations } from "next-intl";

import { ApiError } from "@/api/errors";
import { LoginForm } from "@/features/account";
import { Away } from "@/features/errors";
import { ButtonLink } from "@/ui/Button";
import { Notice } from "@/ui/Notice";

/** What a page of one's own shows where it can't be read: the login, that there is no such thing, or a new try. */
export function NeedsLogin({ error, onDone }: { error: Error; onDone: () => void }) {
  const t = useTranslations("bookings");
  const common = useTranslations("common");
  const locale = useLocale();
  const status = error instanceof ApiError ? error.status : 0;
  if (status === 401) {
    return (
      <div className="max-w-md space-y-4">
        <Notice title={t("logInToSee")} />
        <LoginForm onDone={onDone} />
        <p>
          <a className="link" href={`/${locale}/register`}>
            {common("register")}
          </a>
        </p>
      </div>
    );
  }
  if (status === 404) {
    return (
      <Notice tone="warning" title={t("notYours")}>
        <ButtonLink kind="secondary" className="mt-3" href={`/${locale}/bookings`}>
          {common("myBookings")}
        </ButtonLink>
      </Notice>
    );
  }
  return <Away error={error} onRetry={onDone} />;
}
