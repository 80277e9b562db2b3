const PREFIX = "intent ";

/**
 * Returns the idempotency key of one intent, as "book service 7": the same until it is fulfilled, also after a
 * reload or a lost answer, so that neither a second click nor a second try makes a second booking.
 */
export function keyOfIntent(intent: string): string {
  const kept = sessionStorage.getItem(PREFIX + intent);
  if (kept) return kept;
  const key = crypto.randomUUID();
  sessionStorage.setItem(PREFIX + intent, key);
  return key;
}

/** The intent is fulfilled, or was refused for good: the next one is another. */
export function endIntent(intent: string): void {
  sessionStorage.removeItem(PREFIX + intent);
}
