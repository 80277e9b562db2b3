import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { test as base } from "@playwright/test";

import { answering, freePort, ROOT } from "./start-servers";

const PYTHON = join(ROOT, ".venv", "bin", "python");
const SITE_KEY = "a secret of the site and the API of one test";

export interface OwnServers {
  site: string;
  api: string;
  /** Starts the API, unless it runs. */
  startApi: () => Promise<void>;
  stopApi: () => Promise<void>;
  /** Puts in the API's place what takes calls and answers none, until the API is started. */
  hangApi: () => Promise<void>;
}

/**
 * Returns a `test` whose pages belong to an API and a site of its own, with other settings, and without jobs.
 *
 * Nobody else asks this API, so that it can be stopped and started again.
 */
export function testWithOwnServers(variables: Record<string, string> = {}) {
  return base.extend<object, { servers: OwnServers }>({
    servers: [
      async ({}, provide) => {
        const folder = mkdtempSync(join(tmpdir(), "sewabazaar-e2e-own-"));
        const running: ChildProcess[] = [];
        // A worker that is ended before its time still leaves nothing running.
        const end = () => running.forEach((server) => server.kill());
        process.once("exit", end);
        try {
          await provide(await start(folder, variables, running));
        } finally {
          await Promise.all(running.map(ended));
          process.off("exit", end);
          rmSync(folder, { recursive: true, force: true });
        }
      },
      { scope: "worker", timeout: 400_000 },
    ],
    baseURL: async ({ servers }, provide) => provide(servers.site),
  });
}

async function start(
  folder: string,
  variables: Record<string, string>,
  running: ChildProcess[],
): Promise<OwnServers> {
  const [apiPort, sitePort] = [await freePort(), await freePort()];
  const [api, site] = [`http://127.0.0.1:${apiPort}`, `http://127.0.0.1:${sitePort}`];
  let apiServer: ChildProcess | undefined;
  let hanging: Server | undefined;
  const taken = new Set<Socket>();

  const startApi = async () => {
    if (apiServer?.exitCode === null) return;
    hanging?.close();
    taken.forEach((call) => call.destroy());
    apiServer = spawn(PYTHON, ["-m", "scripts.serve", String(apiPort), "--alone"], {
      cwd: ROOT,
      env: {
        ...process.env,
        DEBUG: "True",
        DATABASE_URL: `sqlite:///${join(folder, "db.sqlite3")}`,
        MEDIA_ROOT: join(folder, "media"),
        PUBLIC_URL: api,
        FRONTEND_URL: site,
        SITE_KEY,
        LOG_LEVEL: "WARNING",
        THROTTLE_REGISTER: "",
        THROTTLE_LOGIN: "",
        THROTTLE_ANON: "",
        ...variables,
      },
      stdio: ["ignore", "ignore", "inherit"],
    });
    running.push(apiServer);
    await answering(`${api}/readyz/`, apiServer);
  };
  const stopApi = async () => {
    if (apiServer) await ended(apiServer);
  };
  const hangApi = async () => {
    await stopApi();
    hanging = createServer((call) => taken.add(call)).listen(apiPort, "127.0.0.1");
    await once(hanging, "listening");
  };

  await startApi();
  const siteServer = spawn(process.execPath, ["scripts/start.mjs"], {
    cwd: join(ROOT, "frontend"),
    env: {
      ...process.env,
      API_URL: api,
      SITE_URL: site,
      HOSTNAME: "127.0.0.1",
      PORT: String(sitePort),
      NODE_ENV: "production",
      SITE_KEY,
      ...variables,
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  running.push(siteServer);
  await answering(`${site}/healthz`, siteServer);
  return { site, api, startApi, stopApi, hangApi };
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const end = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  await end;
}
