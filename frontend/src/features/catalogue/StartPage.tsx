import { getLocale, getTranslations } from "next-intl/server";

import { calmly } from "@/features/shell";
import { categoryName } from "@/i18n/names";
import { flags } from "@/server/flags";

import { CategoryDrawing } from "./CategoryDrawing";
import { Hills } from "./Hills";
import { NearYou } from "./NearYou";
import { nextFreeByService } from "./next-free";
import { categories, cities, servicesFound } from "./queries";
import { SearchForm } from "./SearchForm";
import { ServiceGrid } from "./ServiceGrid";

const SHOWN = 6;
const SHOWN_NEAR = 3;

/** The first page: search, the categories, what is near, and what other customers like best. */
export const StartPage = calmly(async function StartPage({ city }: { city?: string }) {
  const t = await getTranslations("catalogue");
  const common = await getTranslations("common");
  const locale = await getLocale();
  const { payments } = await flags();
  const best = { ordering: "-rating", page_size: SHOWN } as const;
  const [kinds, places, popular, nearby] = await Promise.all([
    categories(),
    cities(),
    servicesFound(best),
    city ? servicesFound({ ...best, city, page_size: SHOWN_NEAR }) : null,
  ]);
  const services = popular?.results ?? [];
  const near = nearby?.results ?? [];
  const nextFree = await nextFreeByService(near.concat(services));
  return (
    <div className="page space-y-10">
      <section className="relative overflow-hidden rounded-large bg-brand-soft p-5 sm:p-10">
        <Hills className="absolute top-0 right-0 hidden h-3/5 w-1/2 xl:block" />
        <div className="relative">
          <h1 className="mb-2 max-w-xl">{common("tagline")}</h1>
          <p className="mb-6 max-w-xl text-lg text-ink-soft">
            {common(payments ? "footerAbout" : "footerAboutCash")}
          </p>
          <SearchForm cities={places} />
        </div>
      </section>
      <section aria-labelledby="categories-heading">
        <h2 id="categories-heading" className="mb-4">
          {t("categories")}
        </h2>
        <ul className="grid grid-cols-2 gap-2 sm:grid-cols-3 sm:gap-3 lg:grid-cols-4">
          {kinds.map(({ slug, name }) => (
            <li key={slug}>
              <a
                href={`/${locale}/services?category=${slug}`}
                className="flex h-full min-h-16 flex-col items-center gap-1 rounded-medium border border-line bg-surface p-2 text-center font-semibold hover:border-brand sm:flex-row sm:gap-3 sm:text-left"
              >
                <CategoryDrawing slug={slug} className="h-12 w-16 shrink-0 rounded-small" />
                <span className="min-w-0">{categoryName({ slug, name }, locale)}</span>
              </a>
            </li>
          ))}
        </ul>
      </section>
      <NearYou cities={places} chosen={places.find(({ slug }) => slug === city)} isEmpty={near.length === 0}>
        <ServiceGrid services={near} nextFree={nextFree} heading="h3" />
      </NearYou>
      <section aria-labelledby="popular-heading">
        <div className="mb-4 flex flex-wrap items-baseline justify-between gap-3">
          <h2 id="popular-heading">{t("popular")}</h2>
          <a href={`/${locale}/services`} className="link">
            {common("toServices")}
          </a>
        </div>
        <ServiceGrid services={services} nextFree={nextFree} heading="h3" />
      </section>
    </div>
  );
});
