"use client";

import { useLocale, useTranslations } from "next-intl";

import { rupees } from "@/format";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";

import { isSandbox, widgetKey } from "./khalti-widget";
import { inPaisa } from "./methods";
import { PayingTrouble } from "./PayingTrouble";
import { useKhaltiWidget } from "./useKhaltiWidget";
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
 * Where the widget's script is blocked or doesn't come, the payment page is still there.
 */
export function KhaltiPayment({ bookingId, total, onRefused }: Props) {
  const t = useTranslations("payment");
  const locale = useLocale();
  const wallet = t("wallets.khalti");
  const paying = usePaying(bookingId, onRefused);
  const widget = useKhaltiWidget(bookingId, inPaisa(total), paying);
  return (
    <div className="space-y-3">
      <PayingTrouble items={paying.items} login={paying.login} />
      {widget.trouble && (
        <Notice tone="warning" role="alert" title={t(`widget.${widget.trouble}.title`)}>
          {t(`widget.${widget.trouble}.text`)}
        </Notice>
      )}
      <div className="flex flex-wrap gap-3">
        <Button wide busy={paying.busy} onClick={() => void paying.pay("khalti")}>
          {t("payWith", { amount: rupees(total, locale), wallet })}
        </Button>
        {widgetKey && (
          <Button wide kind="secondary" busy={paying.busy} onClick={() => void widget.open()}>
            {t("payInWidget")}
          </Button>
        )}
      </div>
      {isSandbox && <p className="text-sm text-ink-soft">{t("sandbox")}</p>}
      <p role="status" className="text-ink-soft">
        {widget.isOpen && t("widget.opening")}
        {paying.busy && !widget.isOpen && t("onTheWay", { wallet })}
      </p>
    </div>
  );
}
