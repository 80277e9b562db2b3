import type { components } from "@/api/schema";

export type Facets = components["schemas"]["ServiceFacets"];
