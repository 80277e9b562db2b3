import "server-only";

import { type NextRequest, NextResponse } from "next/server";

import { clearTokens, readTokens, type Tokens, writeTokens } from "@/session/cookies";
import { renewedTokens } from "@/session/renewal";

import { callApi } from "./call-api";
import { apiUnavailable, crossSiteRefused, errorResponse } from "./errors";
import { isSameOrigin } from "./same-origin";
import { visitorOf } from "./visitor";

/** Answers of these carry tokens, which never reach the browser: `session/` is there for them. */
const keptBack = /^\/api\/auth\/(login|register|refresh|logout)\/?$/;

const passedOn = ["accept", "accept-language", "content-type", "idempotency-key", "if-none-match"];
const passedBack = [
  "cache-control",
  "content-security-policy", // of receipts, which are pages
  "content-disposition",
  "content-type",
  "date",
  "etag",
  "retry-after",
  "x-content-type-options",
  "x-request-id",
];
const LARGEST_BODY = 6 * 1024 * 1024;

/** Passes a call of the browser's on to the API with its login, which is renewed once where it ran out. */
export async function forwardToApi(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  // An escaped letter would pass the pattern, and the API reads it as the letter.
  if (pathname.includes("%") || keptBack.test(pathname)) return errorResponse(404, "not_found", "Not found.");
  const writes = request.method !== "GET" && request.method !== "HEAD";
  if (writes && !isSameOrigin(request.headers)) return crossSiteRefused();
  if (Number(request.headers.get("content-length") ?? 0) > LARGEST_BODY) {
    return errorResponse(413, "payload_too_large", "The request is too large.");
  }
  // Kept whole, since it is sent a second time where the login ran out in between.
  const body = writes ? await request.arrayBuffer() : undefined;
  try {
    return await answered(request, `${pathname}${search}`, body);
  } catch {
    return apiUnavailable();
  }
}

async function answered(request: NextRequest, path: string, body?: ArrayBuffer): Promise<NextResponse> {
  const visitor = visitorOf(request.headers);
  const tokens = readTokens(request.cookies);
  const ask = (access?: string) =>
    callApi(path, { method: request.method, headers: requestHeaders(request, access), body, visitor });

  let renewed: Tokens | null = null;
  let ended = false;
  if (!tokens.access && tokens.refresh) {
    renewed = await renewedTokens(tokens.refresh, visitor);
    ended = renewed === null;
  }
  let response = await ask(renewed?.access ?? tokens.access);
  if (response.status === 401 && tokens.refresh && !renewed && !ended) {
    renewed = await renewedTokens(tokens.refresh, visitor);
    ended = renewed === null;
    if (renewed) response = await ask(renewed.access);
  }
  const answer = new NextResponse(response.status === 204 || response.status === 304 ? null : response.body, {
    status: response.status,
    headers: responseHeaders(response),
  });
  if (renewed) writeTokens(answer, renewed);
  if (ended) clearTokens(answer);
  return answer;
}

function requestHeaders(request: NextRequest, access?: string): Headers {
  const headers = new Headers();
  for (const name of passedOn) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  if (access) headers.set("Authorization", `Bearer ${access}`);
  return headers;
}

function responseHeaders(response: Response): Headers {
  const headers = new Headers();
  for (const name of passedBack) {
    const value = response.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return headers;
}
