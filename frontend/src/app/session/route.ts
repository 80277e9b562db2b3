import { type NextRequest, NextResponse } from "next/server";

import { callApi } from "@/server/call-api";
import { apiUnavailable, crossSiteRefused } from "@/server/errors";
import { isSameOrigin } from "@/server/same-origin";
import { visitorOf } from "@/server/visitor";
import { clearTokens, readTokens } from "@/session/cookies";
import { logIn } from "@/session/log-in";

/** Logs in: `{email, password}`. The tokens stay in cookies that no script can read. */
export async function POST(request: NextRequest): Promise<NextResponse> {
  return logIn(request, "/api/auth/login/");
}

/** Logs out, here and at the API. */
export async function DELETE(request: NextRequest): Promise<NextResponse> {
  if (!isSameOrigin(request.headers)) return crossSiteRefused();
  const { access, refresh } = readTokens(request.cookies);
  const answer = new NextResponse(null, { status: 204 });
  clearTokens(answer);
  if (!refresh) return answer;
  try {
    await callApi("/api/auth/logout/", {
      method: "POST",
      headers: { "Content-Type": "application/json", ...(access && { Authorization: `Bearer ${access}` }) },
      body: JSON.stringify({ refresh }),
      visitor: visitorOf(request.headers),
    });
  } catch {
    // The cookies stay, so that somebody at a shared computer sees that they are still logged in.
    return apiUnavailable();
  }
  return answer;
}
