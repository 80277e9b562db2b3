import "server-only";

import type { AsyncLocalStorage } from "node:async_hooks";
import type { ServerResponse } from "node:http";

declare global {
  /** The answer to the request under way: `scripts/start.mjs` keeps it. Under `npm run dev` there is none. */
  var siteAnswers: AsyncLocalStorage<ServerResponse> | undefined;
}

/**
 * Gives the page under way the status of an error that passes, and says when to ask again.
 *
 * Next has a way for 404 alone. To be called before anything of the page is sent, so by nothing in a `Suspense`.
 */
export function answerLater(status: 429 | 503, retryAfterSeconds: number): void {
  const answer = globalThis.siteAnswers?.getStore();
  if (!answer || answer.headersSent) return;
  answer.statusCode = status;
  answer.setHeader("Retry-After", String(retryAfterSeconds));
}
