import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";

import { type Locale, locales } from "@/i18n/locales";
import { readTokens } from "@/session/cookies";

import { LanguageLink } from "./LanguageLink";
import { Mark } from "./Mark";

const linkClass = "inline-flex min-h-12 items-center rounded-medium px-2.5 font-semibold hover:bg-brand-soft";

/** Name, ways to the main pages, language. Plain links: no script is needed for any of it. */
export async function Header({ locale }: { locale: Locale }) {
  const t = await getTranslations("common");
  const { access, refresh } = readTokens(await cookies());
  const isLoggedIn = Boolean(access ?? refresh);
  const other = locales.find((candidate) => candidate !== locale) ?? locale;
  return (
    <header className="border-b border-line bg-surface">
      <div className="page flex flex-wrap items-center gap-x-2 py-1">
        <a href={`/${locale}`} className={`${linkClass} -ml-2.5 gap-2 text-lg text-brand`}>
          <Mark />
          {t("brand")}
        </a>
        <nav
          aria-label={t("navigation")}
          className="order-last -mx-2.5 flex w-full flex-wrap sm:order-none sm:mx-0 sm:w-auto sm:flex-1"
        >
          <a href={`/${locale}/services`} className={linkClass}>
            {t("services")}
          </a>
          {isLoggedIn && (
            <a href={`/${locale}/bookings`} className={linkClass}>
              {t("myBookings")}
            </a>
          )}
          <a href={`/${locale}/${isLoggedIn ? "account" : "login"}`} className={`${linkClass} sm:ml-auto`}>
            {isLoggedIn ? t("account") : t("logIn")}
          </a>
        </nav>
        <LanguageLink to={other} className={`${linkClass} ml-auto sm:ml-0`}>
          <span className="sr-only">{t("language")}: </span>
          {/* In its own name: whoever needs it can't read the current one. */}
          <span lang={other}>{other === "ne" ? t("nepali") : t("english")}</span>
        </LanguageLink>
      </div>
    </header>
  );
}
