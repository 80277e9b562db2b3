import "server-only";

import { headers } from "next/headers";
import createClient from "openapi-fetch";
import { cache } from "react";

import { callApi } from "@/server/call-api";
import { visitorOf } from "@/server/visitor";

import { ApiError, errorOf } from "./errors";
import { remembered } from "./memory";
import type { paths } from "./schema";

const PAGE_MILLISECONDS = 6_000;

/** One limit for all that a page asks, one question after the other: a hanging API must not hold it for longer. */
const pageLimit = cache(() => AbortSignal.timeout(PAGE_MILLISECONDS));

/** The API's public reads, for pages that are rendered on the server. Answers are shared for a short while. */
export const publicApi = cache(async (language: string) => {
  const visitor = visitorOf(await headers());
  return createClient<paths>({
    baseUrl: "http://api",
    headers: { Accept: "application/json", "Accept-Language": language },
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      const path = `${pathname}${search}`;
      const signal = AbortSignal.any([request.signal, pageLimit()]);
      return remembered(`${language} ${path}`, () =>
        callApi(path, { headers: request.headers, visitor, signal }),
      );
    },
  });
});

interface Answered<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** Returns what a read answers, or null where there is no such thing. Throws an ApiError otherwise. */
export async function foundBy<Data>(call: Promise<Answered<Data>>): Promise<Data | null> {
  let answered: Answered<Data>;
  try {
    answered = await call;
  } catch (cause) {
    throw new ApiError(0, [], cause);
  }
  if (answered.response.status === 404) return null;
  if (!answered.response.ok) throw errorOf(answered.response, answered.error);
  return answered.data!;
}
