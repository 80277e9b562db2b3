import "server-only";

export interface Visitor {
  /** The address that the visitor's connection came from. */
  address: string;
  requestId?: string;
}

/** What `scripts/start.mjs` writes over whatever a client sends under this name. */
const PEER = "x-site-peer";

/**
 * Returns who asks, for the API's throttles.
 *
 * The connection's own address, or, behind `SITE_TRUSTED_PROXIES` proxies, the one that the outermost of them
 * wrote at its place from the right into `X-Forwarded-For`: what stands left of it a client can make up.
 */
export function visitorOf(headers: Headers): Visitor {
  const hops = Number(process.env.SITE_TRUSTED_PROXIES ?? 0);
  const forwarded = (headers.get("x-forwarded-for") ?? "").split(",").map((address) => address.trim());
  const peer = headers.get(PEER) ?? "127.0.0.1";
  const address = (hops > 0 ? forwarded.at(-hops) : undefined) || peer;
  return { address, requestId: headers.get("x-request-id") ?? undefined };
}
