import "server-only";

import { type NextRequest, NextResponse } from "next/server";

import type { components } from "@/api/schema";
import { isLocale, localeCookie } from "@/i18n/locales";
import { callApi } from "@/server/call-api";
import { apiUnavailable, crossSiteRefused } from "@/server/errors";
import { isSameOrigin } from "@/server/same-origin";
import { visitorOf } from "@/server/visitor";

import { type Tokens, writeTokens } from "./cookies";

const YEAR_SECONDS = 31_536_000;

type Answer = Tokens & { user: components["schemas"]["User"] };

/** Passes a login or a registration on, keeps its tokens in cookies, and answers `{user}` alone. */
export async function logIn(request: NextRequest, path: string): Promise<NextResponse> {
  if (!isSameOrigin(request.headers)) return crossSiteRefused();
  let response: Response;
  try {
    response = await callApi(path, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "Accept-Language": request.headers.get("accept-language") ?? "en",
      },
      body: await request.text(),
      visitor: visitorOf(request.headers),
    });
  } catch {
    return apiUnavailable();
  }
  if (!response.ok) return refusal(response);
  const { user, access, refresh } = (await response.json()) as Answer;
  const answer = NextResponse.json(
    { user },
    { status: response.status, headers: { "Cache-Control": "no-store" } },
  );
  writeTokens(answer, { access, refresh });
  if (isLocale(user.language)) {
    answer.cookies.set(localeCookie, user.language, { path: "/", sameSite: "lax", maxAge: YEAR_SECONDS });
  }
  return answer;
}

async function refusal(response: Response): Promise<NextResponse> {
  const headers = new Headers({ "Content-Type": "application/json", "Cache-Control": "no-store" });
  const wait = response.headers.get("retry-after");
  if (wait !== null) headers.set("Retry-After", wait);
  return new NextResponse(await response.text(), { status: response.status, headers });
}
