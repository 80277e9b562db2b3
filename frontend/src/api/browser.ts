import createClient from "openapi-fetch";

import { ApiError, errorOf } from "./errors";
import type { paths } from "./schema";

/**
 * The API as the browser reaches it: through the site's own server, which adds the login.
 *
 * `fetch` is looked up at each call, so that tests can stand in for the network.
 */
export const api = createClient<paths>({
  baseUrl: typeof window === "undefined" ? "http://127.0.0.1" : window.location.origin,
  fetch: (request) => globalThis.fetch(request),
  headers: { Accept: "application/json" },
});

interface Answered<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** Returns what a call answers. Throws an ApiError where it is refused, and where nobody answers. */
export async function answerOf<Data>(call: Promise<Answered<Data>>): Promise<Data> {
  const { data, error, response } = await reached(call);
  if (!response.ok) throw errorOf(response, error);
  // A 204 has no body, and its type is then `undefined`.
  return data!;
}

async function reached<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new ApiError(0, [], cause);
  }
}
