import "server-only";

import { siteUrl } from "./settings";

/**
 * Returns whether a request that changes something was sent by a page of the site.
 *
 * Browsers send `Sec-Fetch-Site` with every request; those that don't send `Origin` with every post. A request
 * without either comes from no page at all, carries no cookie by accident, and is refused as well.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const origin = headers.get("origin");
  if (origin === null) return false;
  return origin === siteUrl() || origin.replace(/^https?:\/\//, "") === headers.get("host");
}
