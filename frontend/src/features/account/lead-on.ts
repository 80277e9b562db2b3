import "server-only";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";

import { readTokens } from "@/session/cookies";

/**
 * Leads who has a login on to where the login would lead.
 *
 * Back comes here too, from a booking that was begun after the login: it shows the choice then, and begins no second
 * one by itself.
 */
export async function leadOn(next: string): Promise<void> {
  const { access, refresh } = readTokens(await cookies());
  if (access ?? refresh) redirect(next.replace(/&go=1$/, ""));
}
