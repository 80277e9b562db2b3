"use client";

import { useTranslations } from "next-intl";

import { ApiError } from "@/api/errors";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";

import { LoginForm } from "./LoginForm";

/** Stands where a page of one's own can't be read: the login, or a new try. */
export function OwnPage({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const common = useTranslations("common");
  if (error instanceof ApiError && error.status === 401) return <LoginForm onDone={onRetry} />;
  return (
    <Notice tone="bad" role="alert" title={common("awayTitle")}>
      <Button kind="secondary" className="mt-2" onClick={onRetry}>
        {common("tryAgain")}
      </Button>
    </Notice>
  );
}
