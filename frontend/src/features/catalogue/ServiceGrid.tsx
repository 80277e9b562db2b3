import { calendarTable } from "@/server/calendar";

import { ServiceCard } from "./ServiceCard";
import type { Service } from "./types";

interface Props {
  services: readonly Service[];
  /** The first free instant by service. */
  nextFree: ReadonlyMap<number, string | null>;
  heading?: "h2" | "h3";
  /** The first cards are seen at once. */
  first?: boolean;
}

export async function ServiceGrid({ services, nextFree, heading, first = false }: Props) {
  const calendar = await calendarTable();
  return (
    <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      {services.map((service, index) => (
        <li key={service.id}>
          <ServiceCard
            service={service}
            nextFree={nextFree.get(service.id)}
            calendar={calendar}
            eager={first && index < 2}
            heading={heading}
          />
        </li>
      ))}
    </ul>
  );
}
