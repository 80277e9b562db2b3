import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const config: NextConfig = {
  output: "standalone",
  // The site is a folder of a larger repository: without this Next looks for the root by lock files.
  outputFileTracingRoot: import.meta.dirname,
  // The API's addresses end in a slash, and so do those that are passed on to it.
  skipTrailingSlashRedirect: true,
  poweredByHeader: false,
  // Pictures come in three sizes from the API already.
  images: { unoptimized: true },
  // `make check` looks at types; a machine that only runs the site need not have them.
  typescript: { ignoreBuildErrors: true },
};

export default createNextIntlPlugin("./src/i18n/request.ts")(config);
