import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { Button } from "@/ui/Button";
import { Select } from "@/ui/Field";

import type { City } from "./types";

interface Props {
  cities: readonly City[];
  chosen: City | undefined;
  isEmpty: boolean;
  /** The services of the chosen city. */
  children: ReactNode;
}

/** What the visitor's city has; before they chose one, the choice, which works without scripts. */
export function NearYou({ cities, chosen, isEmpty, children }: Props) {
  const t = useTranslations("catalogue");
  const locale = useLocale();
  if (!chosen) {
    return (
      <section aria-labelledby="near-heading">
        <h2 id="near-heading" className="mb-4">
          {t("nearYou")}
        </h2>
        <form
          action={`/${locale}`}
          className="grid items-end gap-3 sm:grid-cols-[14rem_auto] sm:justify-start"
        >
          <Select id="near" name="city" label={t("yourCity")} defaultValue="">
            <option value="">{t("chooseCity")}</option>
            {cities.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </Select>
          <Button type="submit" kind="secondary">
            {t("showNear")}
          </Button>
        </form>
      </section>
    );
  }
  return (
    <section aria-labelledby="near-heading">
      <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 id="near-heading">{t("near", { city: chosen.name })}</h2>
        <p className="flex flex-wrap gap-x-4">
          <a href={`/${locale}/services?city=${encodeURIComponent(chosen.slug)}`} className="link">
            {t("allNear", { city: chosen.name })}
          </a>
          <a href={`/${locale}?city=`} className="link">
            {t("otherCity")}
          </a>
        </p>
      </div>
      {isEmpty ? <p>{t("nothingNear", { city: chosen.name })}</p> : children}
    </section>
  );
}
