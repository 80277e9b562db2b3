import { useLocale, useTranslations } from "next-intl";

import { rupees } from "@/format";
import { classes } from "@/ui/classes";

interface Props {
  price: string;
  discountPrice: string | null;
  /** How large the price is; the crossed-out one beside it stays as the text around. */
  className?: string;
}

/** What one pays; where it is less than usual, the usual price crossed out beside it. */
export function Price({ price, discountPrice, className }: Props) {
  const t = useTranslations("catalogue");
  const locale = useLocale();
  const look = classes("font-bold whitespace-nowrap", className);
  if (!discountPrice) return <span className={look}>{rupees(price, locale)}</span>;
  return (
    <span>
      <span className={look}>
        <span className="sr-only">{t("reducedTo")} </span>
        {rupees(discountPrice, locale)}
      </span>{" "}
      <del className="whitespace-nowrap text-ink-soft">
        <span className="sr-only">{t("before")} </span>
        {rupees(price, locale)}
      </del>
    </span>
  );
}
