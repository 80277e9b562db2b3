import "server-only";

import { callApi } from "@/server/call-api";
import type { Visitor } from "@/server/visitor";

import type { Tokens } from "./cookies";

const KEPT_MILLISECONDS = 60_000;
const renewals = new Map<string, Promise<Tokens | null>>();

/**
 * Returns the tokens that follow a refresh token, or null where the login has ended.
 *
 * The API rotates refresh tokens, and a used one is a sign of theft. A page asks several things at once, so
 * one renewal per token is under way in this process, and its answer serves late comers for a minute. Throws
 * where the API can't be reached; that ends no login.
 */
export function renewedTokens(refresh: string, visitor: Visitor): Promise<Tokens | null> {
  const known = renewals.get(refresh);
  if (known) return known;
  const renewal = askForTokens(refresh, visitor);
  renewals.set(refresh, renewal);
  renewal.then(
    () => setTimeout(() => renewals.delete(refresh), KEPT_MILLISECONDS).unref(),
    () => renewals.delete(refresh),
  );
  return renewal;
}

async function askForTokens(refresh: string, visitor: Visitor): Promise<Tokens | null> {
  const response = await callApi("/api/auth/refresh/", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ refresh }),
    visitor,
  });
  if (response.ok) {
    const renewed = (await response.json()) as Tokens;
    return { access: renewed.access, refresh: renewed.refresh };
  }
  if (response.status === 401) return null;
  throw new Error(`the API answered ${response.status} to the renewal of a login`);
}
