import { setupServer } from "msw/node";

/** Stands in for the site's server in component tests. What a test doesn't say beforehand is an error. */
export const network = setupServer();
