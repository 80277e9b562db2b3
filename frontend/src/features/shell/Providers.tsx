"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { ApiError } from "@/api/errors";

import { OfflineNotice } from "./OfflineNotice";

const TRIES = 2;

/** What pages that talk to the API from the browser need: one memory of what the server said. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: 5_000,
            // A refusal stays one; only an API that is away is asked again.
            retry: (count, error) => count < TRIES && error instanceof ApiError && error.isUnreachable,
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
