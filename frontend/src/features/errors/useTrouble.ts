"use client";

import { useState } from "react";

import { ApiError } from "@/api/errors";

interface Read {
  data: unknown;
  error: Error | null;
  isPending: boolean;
}

/**
 * Returns why a read has nothing to show, or null.
 *
 * It stays while the read is asked again, so that the page doesn't change to and fro until the API is back. What
 * was shown before an outage is shown on.
 */
export function useTrouble({ data, error, isPending }: Read): Error | null {
  const [last, setLast] = useState<Error | null>(null);
  if (error && error !== last) setLast(error);
  if (!error && data !== undefined && last) setLast(null);
  if (error) return data !== undefined && passes(error) ? null : error;
  return isPending && last && passes(last) ? last : null;
}

function passes(error: Error): boolean {
  return error instanceof ApiError && (error.isUnreachable || error.status === 429);
}
