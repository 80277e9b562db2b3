import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";

import { calmly } from "@/features/shell";
import { digits } from "@/format";
import { ButtonLink } from "@/ui/Button";
import { Empty } from "@/ui/Empty";
import { Pages } from "@/ui/Pages";

import { Filters } from "./Filters";
import { languagesOf } from "./languages";
import { nextFreeByService } from "./next-free";
import { servicesFound } from "./queries";
import { isNarrowed, searchAddress, type ServiceSearch } from "./search";
import { ServiceGrid } from "./ServiceGrid";

const PAGE_SIZE = 18;

export async function servicesMetadata(search: ServiceSearch): Promise<Metadata> {
  const t = await getTranslations("catalogue");
  const locale = await getLocale();
  return {
    title: search.search ? t("titleFound", { search: search.search }) : t("title"),
    description: t("description"),
    alternates: {
      canonical: searchAddress(locale, search, { page: search.page }),
      languages: languagesOf("/services"),
    },
    // Endless combinations of filters are of no use in a search engine; the plain list and its pages are.
    robots: isNarrowed(search) ? { index: false, follow: true } : undefined,
  };
}

/** The list of services, as the address narrows it. */
export const ServicesPage = calmly(async function ServicesPage({ search }: { search: ServiceSearch }) {
  const t = await getTranslations("catalogue");
  const locale = await getLocale();
  const found = await servicesFound({ ...search, page_size: PAGE_SIZE, facets: true });
  if (!found) notFound();
  const services = found.results;
  const nextFree = await nextFreeByService(services);
  const page = search.page ?? 1;
  const pages = Math.max(1, Math.ceil(found.count / PAGE_SIZE));
  return (
    <div className="page grid gap-8 lg:grid-cols-[17rem_1fr]">
      <div className="lg:order-2">
        <h1 className="mb-2">{search.search ? t("titleFound", { search: search.search }) : t("title")}</h1>
        <div className="mb-4 flex min-h-12 flex-wrap items-center justify-between gap-3">
          <p role="status" className="text-ink-soft">
            {t("found", { count: digits(found.count, locale) })}
          </p>
          <ButtonLink kind="secondary" href="#filters-heading" className="lg:hidden">
            {t("filters")}
          </ButtonLink>
        </div>
        {services.length > 0 ? (
          <ServiceGrid services={services} nextFree={nextFree} first />
        ) : (
          <Empty text={t("nothing")}>
            <ButtonLink kind="secondary" href={searchAddress(locale, {})}>
              {t("clear")}
            </ButtonLink>
          </Empty>
        )}
        {pages > 1 && (
          <div className="mt-6">
            <Pages
              label={t("pages")}
              position={t("pageOf", { page: digits(page, locale), pages: digits(pages, locale) })}
              previous={
                page > 1
                  ? { href: searchAddress(locale, search, { page: page - 1 }), text: t("previous") }
                  : undefined
              }
              next={
                page < pages
                  ? { href: searchAddress(locale, search, { page: page + 1 }), text: t("next") }
                  : undefined
              }
            />
          </div>
        )}
      </div>
      <aside aria-labelledby="filters-heading" className="lg:order-1">
        <h2 id="filters-heading" className="mb-3">
          {t("filters")}
        </h2>
        {found.facets && <Filters search={search} facets={found.facets} />}
      </aside>
    </div>
  );
});
