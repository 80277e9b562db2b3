import { type NextRequest, NextResponse } from "next/server";

import { isLocale, localeCookie, preferredLocale } from "./i18n/locales";
import { cityCookie, slugOf } from "./server/city";
import { contentSecurityPolicy } from "./server/content-security-policy";
import { siteUrl } from "./server/settings";

const YEAR_SECONDS = 31_536_000;

/** Sends addresses without a language to the visitor's, and gives every page its policy for scripts. */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const first = pathname.split("/")[1];
  if (!isLocale(first)) {
    const chosen = request.cookies.get(localeCookie)?.value;
    const locale = isLocale(chosen) ? chosen : preferredLocale(request.headers.get("accept-language"));
    const path = pathname === "/" ? "" : pathname.replace(/\/+$/, "");
    // Behind a proxy the server doesn't know under which name it was called: the settings do.
    const answer = NextResponse.redirect(`${siteUrl()}/${locale}${path}${search}`, 307);
    answer.headers.set("Vary", "Accept-Language, Cookie");
    return answer;
  }
  const nonce = Buffer.from(crypto.randomUUID()).toString("base64");
  const policy = contentSecurityPolicy({ nonce, pathname: pathname.slice(first.length + 1) });
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy); // Next reads the nonce for its own scripts here
  headers.set("x-next-intl-locale", first);
  headers.set("x-method", request.method);
  const response = NextResponse.next({ request: { headers } });
  rememberCity(request, response, pathname === `/${first}`);
  response.headers.set("Content-Security-Policy", policy);
  response.headers.set("X-Content-Type-Options", "nosniff");
  response.headers.set("Referrer-Policy", "strict-origin-when-cross-origin");
  return response;
}

/** The start page's form sends the choice, empty to choose anew; a page can read a cookie but set none. */
function rememberCity({ nextUrl }: NextRequest, response: NextResponse, isStart: boolean): void {
  const city = nextUrl.searchParams.get("city");
  if (!isStart || city === null) return;
  const chosen = slugOf(city) ?? "";
  const maxAge = chosen ? YEAR_SECONDS : 0;
  response.cookies.set(cityCookie, chosen, { path: "/", sameSite: "lax", httpOnly: true, maxAge });
}

export const config = {
  // Whatever could be a page, were it only the one that says there is none: not the site's own routes and files.
  matcher: [
    "/((?!api/|media/|_next/static/|language/[^/]+$|(?:session|session/register|healthz)$|(?:icon.svg|favicon.ico|manifest.webmanifest|robots.txt|sitemap.xml)$).*)",
  ],
};
