import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";

import type { Messages } from "./messages";

type Part = keyof Messages;

/** Gives the components below, in the browser too, the words of the named parts of the site and no others. */
export async function ClientMessages({ parts, children }: { parts: readonly Part[]; children: ReactNode }) {
  const all = await getMessages();
  const picked = Object.fromEntries(parts.map((part) => [part, all[part]]));
  return <NextIntlClientProvider messages={picked}>{children}</NextIntlClientProvider>;
}
