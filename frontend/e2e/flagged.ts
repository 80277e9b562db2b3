import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { test as base } from "./site";
import { answering, freePort, ROOT, stopped } from "./start-servers";

export type Flag = "NEW_BOOKING_WIZARD" | "BOOKING_SLOTS" | "PAYMENT_INTEGRATION";

interface Options {
  /** The flags that are off. */
  off: Flag[];
  /** Who switches them off. */
  side: "site" | "API";
}

interface Servers {
  flagged: string;
}

/** Tests in which some flags are off: a site of their own, beside the API of all tests or, for its flags, another. */
export const test = base.extend<Options & Servers>({
  off: [[], { option: true }],
  side: ["site", { option: true }],
  flagged: [
    async ({ off, side }, provide) => {
      const folder = mkdtempSync(join(tmpdir(), "sewabazaar-flags-"));
      const servers: ChildProcess[] = [];
      try {
        const port = await freePort();
        const site = `http://127.0.0.1:${port}`;
        const api = side === "API" ? await freePort() : null;
        const apiAddress = api === null ? (process.env.API_URL ?? "") : `http://127.0.0.1:${api}`;
        if (api !== null) {
          const server = startApi(api, folder, { FRONTEND_URL: site, ...switchedOff("ENABLE", off) });
          servers.push(server);
          await answering(`${apiAddress}/readyz/`, server);
        }
        const flags = side === "site" ? switchedOff("NEXT_PUBLIC", off) : {};
        const server = startSite(port, { API_URL: apiAddress, SITE_URL: site, ...flags });
        servers.push(server);
        await answering(`${site}/en`, server);
        await provide(site);
      } finally {
        for (const server of servers.reverse()) await stopped(server, folder);
      }
    },
    { timeout: 180_000 },
  ],
  baseURL: async ({ flagged }, provide) => provide(flagged),
});

function switchedOff(prefix: string, flags: readonly Flag[]): Record<string, string> {
  return Object.fromEntries(flags.map((flag) => [`${prefix}_${flag}`, "false"]));
}

function startApi(port: number, folder: string, settings: Record<string, string>): ChildProcess {
  const command = ["-m", "scripts.serve", "--alone", String(port)];
  return spawn(join(ROOT, ".venv", "bin", "python"), command, {
    cwd: ROOT,
    env: {
      ...process.env,
      DEBUG: "True",
      DATABASE_URL: `sqlite:///${join(folder, "db.sqlite3")}`,
      MEDIA_ROOT: join(folder, "media"),
      THROTTLE_REGISTER: "",
      THROTTLE_LOGIN: "",
      THROTTLE_ANON: "",
      ...settings,
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
}

/** Starts the site that is built already: its flags are read while it runs. */
function startSite(port: number, settings: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ["scripts/start.mjs"], {
    cwd: join(ROOT, "frontend"),
    env: { ...process.env, NODE_ENV: "production", PORT: String(port), ...settings },
    stdio: ["ignore", "inherit", "inherit"],
  });
}
