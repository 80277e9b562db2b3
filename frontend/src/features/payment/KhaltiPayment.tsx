"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { answerOf, api } from "@/api/browser";
import { rupees } from "@/format";
import { Button } from "@/ui/Button";
import { ErrorSummary } from "@/ui/ErrorSummary";
import { Notice } from "@/ui/Notice";

import { isSandbox, loadWidget, payInWidget, widgetKey } from "./khalti-widget";
import { inPaisa } from "./methods";
import { type OnRefused, usePaying } from "./usePaying";

interface Props {
  bookingId: number;
  /** Rupees, as the server fixed them. */
  total: string;
  onRefused?: OnRefused;
}

/**
 * Pays with Khalti: on its payment page, or, where the merchant has a key for it, in the older widget above ours.
 *
 * The widget's token proves nothing: the server has Khalti verify it. Where the script is blocked or doesn't
 * come, the payment page is still there.
 */
export function KhaltiPayment({ bookingId, total, onRefused }: Props) {
  const t = useTranslations("payment");
  const common = useTranslations("common");
  const locale = useLocale();
  const router = useRouter();
  const { pay, busy, setBusy, items, refuse, clear } = usePaying(bookingId, onRefused);
  const [widgetFailed, setWidgetFailed] = useState(false);

  const inWidget = async () => {
    clear();
    setBusy(true);
    setWidgetFailed(false);
    let confirmed;
    try {
      await loadWidget();
      confirmed = await payInWidget({ bookingId, paisa: inPaisa(total) });
    } catch {
      setWidgetFailed(true);
      setBusy(false);
      return;
    }
    if (!confirmed) return setBusy(false);
    try {
      const { token, amount } = confirmed;
      await answerOf(
        api.POST("/api/payments/process-khalti-payment/", { body: { booking_id: bookingId, token, amount } }),
      );
      router.push(`/${locale}/booking/${bookingId}/result`);
    } catch (error) {
      setBusy(false);
      refuse(error, () => undefined);
    }
  };

  return (
    <div className="space-y-3">
      <ErrorSummary title={common("errorSummary")} items={items} />
      {widgetFailed && (
        <Notice tone="warning" role="alert" title={t("widgetFailedTitle")}>
          {t("widgetFailedText")}
        </Notice>
      )}
      <div className="flex flex-wrap gap-3">
        <Button wide busy={busy} onClick={() => void pay("khalti")}>
          {t("payWith", { amount: rupees(total, locale), wallet: "Khalti" })}
        </Button>
        {widgetKey && (
          <Button wide kind="secondary" busy={busy} onClick={() => void inWidget()}>
            {t("payInWidget")}
          </Button>
        )}
      </div>
      {isSandbox && <p className="text-sm text-ink-soft">{t("sandbox")}</p>}
      <p role="status" className="text-ink-soft">
        {busy && t("onTheWay", { wallet: "Khalti" })}
      </p>
    </div>
  );
}
