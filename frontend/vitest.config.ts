import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: {
      "@/": at("./src/"),
      "@messages/": at("./messages/"),
      "server-only": at("./src/testing/server-only.ts"),
      // Both answer nobody but Next's own server.
      "next/headers": at("./src/testing/request.ts"),
      "next-intl/server": at("./src/testing/translations.ts"),
    },
  },
  test: {
    environment: "jsdom",
    environmentOptions: { jsdom: { url: "http://127.0.0.1:3000" } },
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testing/setup.ts"],
    restoreMocks: true,
    testTimeout: 20_000,
    env: { TZ: "UTC" },
    coverage: {
      include: ["src/features/**", "src/format/**"],
      exclude: ["**/*.test.*", "**/index.ts"],
      reporter: ["text-summary", ["text", { skipFull: true }]],
      thresholds: { lines: 90, branches: 90 },
    },
  },
});
