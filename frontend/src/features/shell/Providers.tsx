"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { ApiError } from "@/api/errors";

import { OfflineNotice } from "./OfflineNotice";

const TRIES = 2;
const PAUSE_MILLISECONDS = 5_000;

const isAway = (error: unknown) => error instanceof ApiError && error.isUnreachable;

/** Returns when to ask again for what passes by itself: an outage, or too many questions. */
function pauseAfter(error: unknown): number | false {
  if (isAway(error)) return PAUSE_MILLISECONDS;
  const wait = error instanceof ApiError && error.status === 429 ? error.retryAfter : null;
  return wait !== null && wait * 1000;
}

/** What pages that talk to the API from the browser need: one memory of what the server said. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: 5_000,
            // A refusal stays one; an API that is away is asked again, until it is back.
            retry: (count, error) => count < TRIES && isAway(error),
            refetchInterval: ({ state }) => pauseAfter(state.error),
          },
        },
      }),
  );
  return (
    <QueryClientProvider client={client}>
      <OfflineNotice />
      {children}
    </QueryClientProvider>
  );
}
