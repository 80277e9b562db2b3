import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";

import type { Locale } from "@/i18n/locales";
import { Notice } from "@/ui/Notice";

import { Footer } from "./Footer";
import { Header } from "./Header";
import { SentTooEarly } from "./SentTooEarly";

/** What surrounds every page. */
export async function PageFrame({ locale, children }: { locale: Locale; children: ReactNode }) {
  const t = await getTranslations("common");
  // Scripts send every form; a browser does it by itself only while they are on their way.
  const isSentTooEarly = (await headers()).get("x-method") === "POST";
  return (
    <>
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:z-20 focus:m-2 focus:rounded-medium focus:bg-surface focus:p-3"
      >
        {t("skip")}
      </a>
      {/* The first screen is the page's own: what loads late would push a footer that is in sight. */}
      <div className="flex min-h-dvh flex-col">
        <Header locale={locale} />
        <main id="content" tabIndex={-1} className="flex-1 py-6 sm:py-10">
          {isSentTooEarly && (
            <SentTooEarly>
              <div className="page mb-6">
                <Notice tone="warning" role="alert" title={t("sentTooEarly")} />
              </div>
            </SentTooEarly>
          )}
          {children}
        </main>
      </div>
      <Footer />
    </>
  );
}
