import { defineConfig } from "@playwright/test";

import tests from "./playwright.config";

/** The pictures of the site in docs/images/site: `npm run pictures`. */
export default defineConfig(tests, { testMatch: "pictures.ts" });
