import type { components } from "@/api/schema";

/** How many services each way of narrowing would leave. */
export type Facets = NonNullable<components["schemas"]["PaginatedServiceList"]["facets"]>;
