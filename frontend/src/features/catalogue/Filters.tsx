import { useLocale, useTranslations } from "next-intl";

import { digits, rupees } from "@/format";
import { categoryName, cityName } from "@/i18n/names";
import { Button } from "@/ui/Button";
import { Select, TextField } from "@/ui/Field";

import type { Facets } from "./facets";
import { isNarrowed, orderings, searchAddress, type ServiceSearch } from "./search";

interface Props {
  search: ServiceSearch;
  facets: Facets;
}

/** What narrows and orders the list, each with how many services it leaves. All of it stands in the address. */
export function Filters({ search, facets }: Props) {
  const t = useTranslations("catalogue");
  const locale = useLocale();
  return (
    <form role="search" action={`/${locale}/services`} className="space-y-4">
      <TextField
        id="search"
        name="search"
        type="search"
        enterKeyHint="search"
        label={t("searchLabel")}
        defaultValue={search.search}
      />
      <Select id="category" name="category" label={t("category")} defaultValue={search.category ?? ""}>
        <option value="">{t("all")}</option>
        {facets.categories.map(({ slug, name, count }) => (
          <option key={slug} value={slug}>
            {categoryName({ slug, name }, locale)} ({digits(count, locale)})
          </option>
        ))}
      </Select>
      <Select id="city" name="city" label={t("city")} defaultValue={search.city ?? ""}>
        <option value="">{t("everywhere")}</option>
        {facets.cities.map(({ slug, name, count }) => (
          <option key={slug} value={slug}>
            {cityName({ slug, name }, locale)} ({digits(count, locale)})
          </option>
        ))}
      </Select>
      <fieldset>
        <legend className="mb-1.5 font-semibold">
          {t("priceRange")}
          {facets.price.min !== null && facets.price.max !== null && (
            <span className="font-normal text-ink-soft">
              {" "}
              {rupees(facets.price.min, locale)} – {rupees(facets.price.max, locale)}
            </span>
          )}
        </legend>
        <div className="grid grid-cols-2 gap-3">
          <TextField
            id="min_price"
            name="min_price"
            inputMode="decimal"
            label={t("from")}
            defaultValue={search.min_price}
          />
          <TextField
            id="max_price"
            name="max_price"
            inputMode="decimal"
            label={t("upTo")}
            defaultValue={search.max_price}
          />
        </div>
      </fieldset>
      <Select
        id="ordering"
        name="ordering"
        label={t("order")}
        defaultValue={search.ordering ?? "-created_at"}
      >
        {orderings.map((ordering) => (
          <option key={ordering} value={ordering}>
            {t(`orderings.${ordering}`)}
          </option>
        ))}
      </Select>
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit">{t("show")}</Button>
        {isNarrowed(search) && (
          <a href={searchAddress(locale, {})} className="link inline-flex min-h-12 items-center">
            {t("clear")}
          </a>
        )}
      </div>
    </form>
  );
}
