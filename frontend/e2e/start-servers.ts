import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { widgetAddress } from "./widget";

export const ROOT = join(import.meta.dirname, "..", "..");
const PATIENCE_MILLISECONDS = 300_000;

/** Starts everything as `make run` does, on free ports and a scratch database, and returns what stops it again. */
export default async function startServers(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "sewabazaar-e2e-"));
  const [apiPort, sitePort] = [await freePort(), await freePort()];
  const site = `http://127.0.0.1:${sitePort}`;
  const api = `http://127.0.0.1:${apiPort}`;
  const database = `sqlite:///${join(folder, "db.sqlite3")}`;
  const server = spawn(join(ROOT, ".venv", "bin", "python"), ["-m", "scripts.serve", String(apiPort)], {
    cwd: ROOT,
    env: {
      ...process.env,
      DEBUG: "True",
      DATABASE_URL: database,
      MEDIA_ROOT: join(folder, "media"),
      SITE_PORT: String(sitePort),
      PUBLIC_URL: api,
      FRONTEND_URL: site,
      // Fixed when the site is built, while the API's port is another one each time.
      NEXT_PUBLIC_KHALTI_PUBLIC_KEY: "test_public_key_of_the_sandbox",
      NEXT_PUBLIC_KHALTI_WIDGET_URL: widgetAddress,
      GATEWAY_ORIGINS: `${api} ${new URL(widgetAddress).origin}`,
      // Every customer of a test comes from one address here.
      THROTTLE_REGISTER: "",
      THROTTLE_LOGIN: "",
      THROTTLE_ANON: "",
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const stop = () => stopped(server, folder);
  try {
    await answering(`${site}/en`, server);
  } catch (error) {
    await stop();
    throw error;
  }
  process.env.SITE_URL = site;
  process.env.API_URL = api;
  process.env.SCRATCH_DATABASE_URL = database;
  return stop;
}

export async function stopped(server: ChildProcess, folder: string): Promise<void> {
  if (server.exitCode === null) {
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGTERM");
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}

export async function answering(address: string, server: ChildProcess): Promise<void> {
  const end = Date.now() + PATIENCE_MILLISECONDS;
  while (Date.now() < end) {
    if (server.exitCode !== null) throw new Error("the servers ended before they answered");
    const status = await fetch(address).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`${address} did not answer`);
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === "object" ? resolve(address.port) : reject()));
    });
  });
}
