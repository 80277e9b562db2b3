import { type NextRequest, NextResponse } from "next/server";

import { isLocale, localeCookie } from "@/i18n/locales";

const YEAR_SECONDS = 31_536_000;

/** Remembers the chosen language and leads to the same page in it: `?to=/services?city=1`. */
export async function GET(
  request: NextRequest,
  { params }: { params: Promise<{ locale: string }> },
): Promise<NextResponse> {
  const { locale } = await params;
  if (!isLocale(locale)) return new NextResponse(null, { status: 404 });
  const answer = new NextResponse(null, {
    status: 303,
    headers: { Location: `/${locale}${ownPath(request)}` },
  });
  answer.cookies.set(localeCookie, locale, { path: "/", sameSite: "lax", maxAge: YEAR_SECONDS });
  return answer;
}

/** Returns a path of the site; whatever could lead elsewhere becomes the start page. */
function ownPath(request: NextRequest): string {
  const to = request.nextUrl.searchParams.get("to") ?? "/";
  return /^\/(?![/\\])[^\s\\]*$/.test(to) && to !== "/" ? to : "";
}
