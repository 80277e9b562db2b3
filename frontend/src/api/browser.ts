import createClient from "openapi-fetch";

import { noteServerTime } from "./clock";
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

/** The API's own sentences come in the page's language, whatever the browser's is. */
api.use({
  onRequest({ request }) {
    const language = globalThis.document?.documentElement.lang;
    if (language) request.headers.set("Accept-Language", language);
    return request;
  },
});

interface Answered<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** Returns what a call answers. Throws an ApiError where it is refused, and where nobody answers. */
export async function answerOf<Data>(call: Promise<Answered<Data>>): Promise<Data> {
  const { data, error, response } = await reached(call);
  noteServerTime(response);
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

/** An answer, and by what the API knows it again. */
export interface Tagged<Data> {
  etag: string | null;
  data: Data;
}

/** Asks again for something that is known already: where nothing has changed, the known answer comes back. */
export async function refreshed<Data>(
  known: Tagged<Data> | undefined,
  ask: (headers: { "If-None-Match"?: string }) => Promise<Answered<Data>>,
): Promise<Tagged<Data>> {
  const { data, error, response } = await reached(ask(known?.etag ? { "If-None-Match": known.etag } : {}));
  noteServerTime(response);
  if (response.status === 304 && known) return known;
  if (!response.ok) throw errorOf(response, error);
  return { etag: response.headers.get("etag"), data: data! };
}
