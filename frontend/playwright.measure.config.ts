import tests from "./playwright.config";

/** Measures the site on a slow phone: `npm run measure`. No test, since a busy machine would fail it. */
const config = { ...tests, testMatch: /\.measure\.ts$/, workers: 1, retries: 0, timeout: 900_000 };

export default config;
