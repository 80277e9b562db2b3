"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { answerOf, api } from "@/api/browser";
import type { components } from "@/api/schema";
import { useRefusal } from "@/features/errors";
import { Choice, ChoiceGroup } from "@/ui/Choice";
import { ErrorSummary } from "@/ui/ErrorSummary";
import { Placeholder } from "@/ui/Placeholder";

import { OwnPage } from "./OwnPage";

type Preferences = components["schemas"]["Preferences"];

const KINDS = [
  "email_bookings",
  "email_payments",
  "email_reminders",
  "email_reviews",
  "sms",
] as const satisfies (keyof Preferences)[];

const KEY = ["preferences"];

/** Which messages one gets. Each is switched on its own, and at once. */
export function SettingsPage() {
  const t = useTranslations("account");
  const common = useTranslations("common");
  const preferences = useQuery({
    queryKey: KEY,
    queryFn: () => answerOf(api.GET("/api/notifications/preferences/")),
  });
  return (
    <div className="page-narrow space-y-6">
      <h1>{t("settingsTitle")}</h1>
      {preferences.isPending && <Placeholder label={common("loading")} className="h-80" />}
      {preferences.isError && (
        <OwnPage error={preferences.error} onRetry={() => void preferences.refetch()} />
      )}
      {preferences.data && <Switches preferences={preferences.data} />}
    </div>
  );
}

function Switches({ preferences }: { preferences: Preferences }) {
  const t = useTranslations("account");
  const common = useTranslations("common");
  const client = useQueryClient();
  const { items, refuse, clear } = useRefusal();
  const [saved, setSaved] = useState(false);
  const [saving, setSaving] = useState(false);

  const change = async (kind: (typeof KINDS)[number], on: boolean) => {
    if (saving) return;
    setSaving(true);
    setSaved(false);
    clear();
    try {
      const changed = await answerOf(api.PATCH("/api/notifications/preferences/", { body: { [kind]: on } }));
      client.setQueryData(KEY, changed);
      setSaved(true);
    } catch (error) {
      refuse(error, () => undefined);
    } finally {
      setSaving(false);
    }
  };

  return (
    <>
      <ErrorSummary title={common("errorSummary")} items={items} />
      <ChoiceGroup id="preferences" legend={t("settingsText")}>
        {KINDS.map((kind) => (
          <Choice
            key={kind}
            kind="checkbox"
            checked={preferences[kind] ?? true}
            onChange={({ target }) => void change(kind, target.checked)}
          >
            {t(`preferences.${kind}`)}
          </Choice>
        ))}
      </ChoiceGroup>
      <p role="status" className="min-h-6 font-semibold text-good">
        {saved && t("saved")}
      </p>
    </>
  );
}
