import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import type { ReactElement, ReactNode } from "react";
import { prerender } from "react-dom/static";

import { CalendarProvider } from "@/features/calendar";
import type { Locale } from "@/i18n/locales";
import { messagesByLocale } from "@/i18n/messages";

import { aCalendarTable } from "./samples";
import { showIn } from "./translations";

function Words({ locale, children }: { locale: Locale; children: ReactNode }) {
  return (
    <NextIntlClientProvider locale={locale} messages={messagesByLocale[locale]} timeZone="Asia/Kathmandu">
      {children}
    </NextIntlClientProvider>
  );
}

/** Renders a component as a page of that language does, with a cache of its own. */
export function renderIn(locale: Locale, element: ReactElement) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <Words locale={locale}>
      <CalendarProvider table={aCalendarTable()}>
        <QueryClientProvider client={client}>{element}</QueryClientProvider>
      </CalendarProvider>
    </Words>,
  );
}

/** Renders a page as the server sends it: what it waits for is there, and no script has run. */
export async function renderPage(locale: Locale, page: ReactElement) {
  showIn(locale);
  const { prelude } = await prerender(<Words locale={locale}>{page}</Words>, { onError: () => undefined });
  const html = await new Response(prelude).text();
  return render(<div dangerouslySetInnerHTML={{ __html: html }} />);
}
