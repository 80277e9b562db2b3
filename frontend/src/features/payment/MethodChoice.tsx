"use client";

import { useLocale, useTranslations } from "next-intl";

import { useFlags } from "@/features/flags";
import { rupees } from "@/format";
import { Button } from "@/ui/Button";
import { Choice, ChoiceGroup } from "@/ui/Choice";
import { Notice } from "@/ui/Notice";
import { Placeholder } from "@/ui/Placeholder";

import { MethodMark } from "./MethodMark";
import { MethodPrice } from "./MethodPrice";
import { isOnline, outsideLimits } from "./methods";
import { OnlyCash } from "./OnlyCash";
import { usePaymentMethods, useTotals } from "./queries";

interface Props {
  id: string;
  serviceId: number;
  chosen: string | null;
  onChoose: (code: string) => void;
  error?: string;
  /** Leaves out what isn't paid at once. */
  onlyOnline?: boolean;
}

/** The ways to pay, each with its fee, its limits and what one pays in the end. */
export function MethodChoice({ id, serviceId, chosen, onChoose, error, onlyOnline = false }: Props) {
  const t = useTranslations("payment");
  const common = useTranslations("common");
  const locale = useLocale();
  const methods = usePaymentMethods();
  const { wizard, payments } = useFlags();
  const offered = methods.data?.filter(({ code }) =>
    onlyOnline ? isOnline(code) : payments || code === "cash",
  );
  const totals = useTotals(serviceId, wizard ? (offered?.map(({ code }) => code) ?? []) : []);

  if (onlyOnline && !payments) return <OnlyCash />;

  if (methods.isPending) return <Placeholder label={common("loading")} className="h-80" />;
  if (!offered) {
    return (
      <Notice tone="bad" role="alert" title={t("methodsFailed")}>
        <Button kind="quiet" onClick={() => void methods.refetch()}>
          {common("tryAgain")}
        </Button>
      </Notice>
    );
  }
  return (
    <>
      {!payments && <OnlyCash />}
      <ChoiceGroup id={id} legend={t("method")} hiddenLegend error={error}>
        {offered.map((method) => {
          const price = totals.get(method.code);
          const outside = price ? outsideLimits(method, price.total) : null;
          return (
            <Choice
              key={method.code}
              name={id}
              value={method.code}
              checked={chosen === method.code}
              disabled={outside !== null}
              onChange={() => onChoose(method.code)}
            >
              <span className="grid grid-cols-[auto_1fr_auto] items-center gap-x-3 gap-y-1">
                <MethodMark code={method.code} />
                <span className="min-w-0 font-semibold">{method.name}</span>
                <MethodPrice method={method} price={price} />
                {method.description && <span className="col-span-3 text-ink-soft">{method.description}</span>}
                {outside && (
                  <span className="col-span-3 text-bad">
                    {t(outside === "least" ? "tooLittle" : "tooMuch", {
                      amount: rupees(
                        (outside === "least" ? method.min_amount : method.max_amount) ?? "0",
                        locale,
                      ),
                    })}
                  </span>
                )}
              </span>
            </Choice>
          );
        })}
      </ChoiceGroup>
    </>
  );
}
