import "server-only";

import { cache } from "react";

import { foundBy, publicApi } from "@/api/public";
import type { components } from "@/api/schema";

/** What the marketplace offers: that which neither the site's flags nor the API's switch off. */
export interface Flags {
  /** Booking step by step; without it, in one page. */
  wizard: boolean;
  /** Free days and times are shown; without them, people type when it suits them. */
  slots: boolean;
  /** Paying online and by bank transfer; without it, cash when the work is done. */
  payments: boolean;
}

const WAIT_MILLISECONDS = 1_000;
const PAUSE_MILLISECONDS = 5_000;

/** When the API last couldn't say. */
let silentAt = -Infinity;

const TRUE = ["1", "true", "on", "yes", "y", "ok"];

export const flags = cache(async (): Promise<Flags> => {
  const api = await apiFlags();
  return {
    wizard: siteFlag("NEW_BOOKING_WIZARD", process.env.NEXT_PUBLIC_NEW_BOOKING_WIZARD) && api.booking_wizard,
    slots: siteFlag("BOOKING_SLOTS", process.env.NEXT_PUBLIC_BOOKING_SLOTS) && api.booking_slots,
    payments:
      siteFlag("PAYMENT_INTEGRATION", process.env.NEXT_PUBLIC_PAYMENT_INTEGRATION) && api.payment_integration,
  };
});

/**
 * Returns whether the site's own flag is on: as the server was started, else as the site was built, else on.
 *
 * Next writes the value of the build in place of a variable that is named in full; it can't do so with a name that
 * is put together, and so a restart is enough to change a flag.
 */
function siteFlag(name: string, built: string | undefined): boolean {
  const value = process.env[`NEXT_PUBLIC_${name}`] || built;
  return value ? TRUE.includes(value.toLowerCase()) : true;
}

/**
 * Where the API can't say, all of it counts as on: whatever is off says so when it is asked. Every page asks, also
 * those that need nothing else of the API; so it is waited for but a second, and then left alone for some.
 */
async function apiFlags(): Promise<components["schemas"]["Flags"]> {
  const everything = { booking_wizard: true, booking_slots: true, payment_integration: true };
  if (Date.now() - silentAt < PAUSE_MILLISECONDS) return everything;
  try {
    const api = await publicApi("en");
    const config = await foundBy(api.GET("/api/config/", { signal: AbortSignal.timeout(WAIT_MILLISECONDS) }));
    return config?.flags ?? everything;
  } catch {
    silentAt = Date.now();
    return everything;
  }
}
