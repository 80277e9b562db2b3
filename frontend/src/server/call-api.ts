import "server-only";

import { apiUrl, siteKey } from "./settings";
import type { Visitor } from "./visitor";

const TIMEOUT_MILLISECONDS = 20_000;

interface Call extends RequestInit {
  visitor?: Visitor;
  /** Of a body that is passed on as it arrives. */
  duplex?: "half";
}

/** Calls the API for a visitor. Throws where it can't be reached or doesn't answer in 20 seconds. */
export function callApi(path: string, { visitor, headers, ...call }: Call = {}): Promise<Response> {
  const sent = new Headers(headers);
  const key = siteKey();
  if (key && visitor) {
    // Only the two together count, and only from who knows the key: see the API's throttles.
    sent.set("X-Site-Key", key);
    sent.set("X-Site-Client", visitor.address);
  }
  if (visitor?.requestId) sent.set("X-Request-ID", visitor.requestId);
  return fetch(`${apiUrl()}${path}`, {
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    ...call,
    headers: sent,
  });
}
