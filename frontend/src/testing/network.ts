import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";

import { aConfig } from "./samples";

/**
 * Stands in for the site's server in component tests. What a test doesn't say beforehand is an error, but for what
 * the API offers, which every page asks.
 */
export const network = setupServer(http.get("*/api/config/", () => HttpResponse.json(aConfig())));
