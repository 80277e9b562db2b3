import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";

import { aCalendarTable, aConfig } from "./samples";

/**
 * Stands in for the site's server in component tests. What a test doesn't say beforehand is an error, but for what
 * the API offers and the calendar of Nepal, which every page may ask.
 */
export const network = setupServer(
  http.get("*/api/config/", () => HttpResponse.json(aConfig())),
  http.get("*/api/calendar-table/", () => HttpResponse.json(aCalendarTable())),
);
