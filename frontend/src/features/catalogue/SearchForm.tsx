import { useLocale, useTranslations } from "next-intl";

import { cityName } from "@/i18n/names";
import { Button } from "@/ui/Button";
import { Select, TextField } from "@/ui/Field";

import type { City } from "./types";

interface Props {
  cities: readonly City[];
  search?: string;
  city?: string;
}

/** What and where: the start page's form. A plain one, which works without scripts. */
export function SearchForm({ cities, search, city }: Props) {
  const t = useTranslations("catalogue");
  const locale = useLocale();
  return (
    <form
      role="search"
      action={`/${locale}/services`}
      className="grid items-end gap-3 sm:grid-cols-[1fr_14rem_auto]"
    >
      <TextField
        id="search"
        name="search"
        type="search"
        enterKeyHint="search"
        label={t("searchLabel")}
        placeholder={t("searchExample")}
        defaultValue={search}
      />
      <Select id="city" name="city" label={t("city")} defaultValue={city ?? ""}>
        <option value="">{t("everywhere")}</option>
        {cities.map(({ slug, name }) => (
          <option key={slug} value={slug}>
            {cityName({ slug, name }, locale)}
          </option>
        ))}
      </Select>
      <Button type="submit">{t("searchButton")}</Button>
    </form>
  );
}
