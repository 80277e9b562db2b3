import "server-only";

import { NextResponse } from "next/server";

/** Returns an error of the site's own server in the API's shape, so that the browser knows but one. */
export function errorResponse(status: number, code: string, detail: string): NextResponse {
  const type = status >= 500 ? "server_error" : "client_error";
  const headers: HeadersInit = { "Cache-Control": "no-store" };
  if (status === 503) headers["Retry-After"] = "5";
  return NextResponse.json({ type, errors: [{ code, detail, attr: null }] }, { status, headers });
}

export function apiUnavailable(): NextResponse {
  return errorResponse(503, "unavailable", "The marketplace can't be reached at the moment.");
}

export function crossSiteRefused(): NextResponse {
  return errorResponse(403, "cross_site", "This can only be sent from a page of the site.");
}
