import "server-only";

import type { NextResponse } from "next/server";

import { isHttps } from "@/server/settings";

const DAYS = 86_400;
const ACCESS_SECONDS = 15 * 60;
const REFRESH_SECONDS = 14 * DAYS;

export interface Tokens {
  access: string;
  refresh: string;
}

interface CookieReader {
  get(name: string): { value: string } | undefined;
}

/** With https the prefix holds browsers to `Secure`, `Path=/` and no `Domain`: no other host can set it. */
function named(name: string): string {
  return isHttps() ? `__Host-${name}` : name;
}

/**
 * The cookie that holds the login. `Lax`: a `Strict` one isn't sent on the way back from a gateway, and who
 * has just paid would look logged out.
 */
function options(seconds: number) {
  return { httpOnly: true, sameSite: "lax", secure: isHttps(), path: "/", maxAge: seconds } as const;
}

export function readTokens(cookies: CookieReader): Partial<Tokens> {
  return { access: cookies.get(named("access"))?.value, refresh: cookies.get(named("refresh"))?.value };
}

export function writeTokens(response: NextResponse, tokens: Tokens): void {
  response.cookies.set(named("access"), tokens.access, options(ACCESS_SECONDS));
  response.cookies.set(named("refresh"), tokens.refresh, options(REFRESH_SECONDS));
}

export function clearTokens(response: NextResponse): void {
  response.cookies.set(named("access"), "", options(0));
  response.cookies.set(named("refresh"), "", options(0));
}
