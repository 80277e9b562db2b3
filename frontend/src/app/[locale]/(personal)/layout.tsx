import type { ReactNode } from "react";

import { Providers } from "@/features/shell/Providers";
import { ClientMessages } from "@/i18n/ClientMessages";

/** Pages that talk to the API from the browser; public ones do without what they bring along. */
export default function Layout({ children }: { children: ReactNode }) {
  return (
    <ClientMessages parts={["account", "bookings", "common", "errors", "payment", "wizard"]}>
      <Providers>{children}</Providers>
    </ClientMessages>
  );
}
