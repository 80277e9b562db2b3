import { useLocale, useTranslations } from "next-intl";

import { rupees } from "@/format";

interface Props {
  price: string;
  discountPrice: string | null;
}

/** What one pays; where it is less than usual, the usual price crossed out beside it. */
export function Price({ price, discountPrice }: Props) {
  const t = useTranslations("catalogue");
  const locale = useLocale();
  if (!discountPrice) return <span className="font-bold">{rupees(price, locale)}</span>;
  return (
    <span>
      <span className="font-bold">
        <span className="sr-only">{t("reducedTo")} </span>
        {rupees(discountPrice, locale)}
      </span>{" "}
      <del className="text-ink-soft">
        <span className="sr-only">{t("before")} </span>
        {rupees(price, locale)}
      </del>
    </span>
  );
}
