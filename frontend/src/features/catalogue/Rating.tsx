import { useLocale, useTranslations } from "next-intl";

import { digits } from "@/format";
import { Stars } from "@/ui/Stars";

/** `rating` as the API writes it: "4.50"; null before the first review. */
export function Rating({ rating, count }: { rating: string | null; count: number }) {
  const t = useTranslations("catalogue");
  const locale = useLocale();
  if (rating === null) return <span className="text-ink-soft">{t("unrated")}</span>;
  const shown = digits(Number(rating).toFixed(1), locale);
  return (
    <span className="whitespace-nowrap">
      <Stars value={Number(rating)} label={t("ratingOf", { rating: shown, most: digits(5, locale) })} />{" "}
      <span aria-hidden="true">{shown}</span>{" "}
      <span className="text-ink-soft">({t("reviewCount", { count: digits(count, locale) })})</span>
    </span>
  );
}
