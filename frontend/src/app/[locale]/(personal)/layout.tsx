import type { ReactNode } from "react";

import { CalendarProvider } from "@/features/calendar";
import { FlagsProvider } from "@/features/flags";
import { Providers } from "@/features/shell/Providers";
import { ClientMessages } from "@/i18n/ClientMessages";
import { calendarTable } from "@/server/calendar";
import { flags } from "@/server/flags";

/** Pages that talk to the API from the browser; public ones do without what they bring along. */
export default async function Layout({ children }: { children: ReactNode }) {
  return (
    <ClientMessages parts={["account", "bookings", "common", "errors", "onePage", "payment", "wizard"]}>
      <FlagsProvider flags={await flags()}>
        <CalendarProvider table={await calendarTable()}>
          <Providers>{children}</Providers>
        </CalendarProvider>
      </FlagsProvider>
    </ClientMessages>
  );
}
