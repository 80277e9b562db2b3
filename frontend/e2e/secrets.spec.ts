import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import type { Page, Response } from "@playwright/test";

import { expect, test, toPayment } from "./site";

const FRONTEND = join(import.meta.dirname, "..");
const SERVICE = "physiotherapy-at-home";

/** What nobody outside may read, by what it is called in a failure. */
const secrets: Record<string, RegExp> = {
  "a token": /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]+/,
  "a source map": /sourceMappingURL=/,
  "a path of the machine": new RegExp(escaped(dirname(FRONTEND))),
  SITE_KEY: new RegExp(`${escaped(process.env.SITE_KEY ?? "")}|SITE_KEY|X-Site-Key`, "i"),
  SECRET_KEY: new RegExp(`${escaped(process.env.SECRET_KEY || "development-only-secret-key")}|SECRET_KEY`),
  "Khalti's secret": new RegExp(escaped(process.env.KHALTI_SECRET_KEY || "live_secret_key_sandbox")),
  "eSewa's secret": new RegExp(escaped(process.env.ESEWA_SECRET_KEY || "8gBm/:&EnhH.1/q")),
};

const publicPages = ["/en", "/ne/services", `/en/services/${SERVICE}`, "/en/providers/1", "/en/nowhere"];
const personalPages = [
  "/en/login",
  "/en/register",
  "/en/password-reset",
  "/en/reset-password?uid=1&token=x",
  "/en/verify-email?token=x",
  "/en/account",
  "/en/settings/notifications",
  "/en/book/new?service=1",
  "/en/bookings",
  "/en/bookings/1",
  "/en/bookings/1/pay",
  "/en/bookings/1/review",
  "/en/booking/1/result",
  "/en/booking/result?status=unknown",
];
const oddAddresses = [
  "/en/page.html",
  "/en/services/a.b",
  "/nowhere.html",
  "/api",
  "/session/nowhere",
  "/language/ne/nowhere",
  "/_next/nowhere",
];
const ownPage = { "Sec-Fetch-Site": "same-origin" };

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

function found(text: string, where: string): string[] {
  return Object.entries(secrets).flatMap(([name, pattern]) =>
    pattern.test(text) ? [`${name} in ${where}`] : [],
  );
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Collects whatever the site's own server tells the browser, scripts and data as well as pages. */
function listen(page: Page): () => Promise<string[]> {
  const texts: Promise<string[]>[] = [];
  const note = async (response: Response) => {
    const type = response.headers()["content-type"] ?? "";
    if (!response.url().startsWith(process.env.SITE_URL ?? "") || /image|font/.test(type)) return [];
    // A page that has been left takes its bodies along; each is fetched again below.
    const body = await response.text().catch(() => "");
    return found(`${response.url()}\n${body}`, response.url());
  };
  page.on("response", (response) => texts.push(note(response)));
  return async () => (await Promise.all(texts)).flat();
}

/** Everything that a script of the page could read. */
async function storage(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }]));
}

test("the files of the build hold no secret", () => {
  const files = filesBelow(join(FRONTEND, ".next", "static"));
  expect(files.filter((file) => file.endsWith(".map"))).toEqual([]);
  expect(files.length).toBeGreaterThan(20);
  expect(files.flatMap((file) => found(readFileSync(file, "latin1"), file))).toEqual([]);
});

test("a login and a whole booking leave no secret in the browser", async ({ page }) => {
  const heard = listen(page);
  await toPayment(page, "en", SERVICE, 9);
  expect(found(await storage(page), "storage")).toEqual([]);
  const address = page.url();
  for (const path of [...publicPages, ...personalPages, address]) {
    for (const headers of [{}, { RSC: "1" }] as Record<string, string>[]) {
      const answer = await page.request.get(path, { headers });
      expect(found(await answer.text(), path)).toEqual([]);
    }
  }
  expect(await heard()).toEqual([]);
  const cookies = await page.context().cookies();
  const tokens = cookies.filter(({ value }) => secrets["a token"]?.test(value));
  expect(tokens.map(({ name }) => name).sort()).toEqual(["access", "refresh"]);
  for (const token of tokens) expect(token).toMatchObject({ httpOnly: true, sameSite: "Lax" });
});

test("tokens that the API tells are kept by the site's server", async ({ request }) => {
  const number = String(Date.now()).slice(-8);
  const person = { full_name: "Asha Rai", email: `asha${number}@example.com`, phone: `98${number}` };
  const account = { email: "customer@sewabazaar.test", password: "sewabazaar-demo" };
  for (const [path, data] of [
    ["/session/register", { ...person, password: "mountain-River-27", role: "customer", language: "en" }],
    ["/session", account],
  ] as const) {
    const answer = await request.post(path, { headers: ownPage, data });
    expect(Object.keys(await answer.json()), path).toEqual(["user"]);
    expect(found(await answer.text(), path)).toEqual([]);
  }
  for (const name of ["login", "register", "refresh", "logout"]) {
    for (const path of [`/api/auth/${name}/`, `/api/auth/${name}`, `/api/auth/%6c${name.slice(1)}/`]) {
      expect((await request.post(path, { headers: ownPage, data: account })).status(), path).toBe(404);
    }
  }
});

for (const path of [...publicPages, ...personalPages, ...oddAddresses]) {
  test(`${path} runs no script but those that the server names`, async ({ request }) => {
    const [first, second] = [await request.get(path), await request.get(path)];
    const html = await first.text();
    const policy = first.headers()["content-security-policy"] ?? "";
    const directive = policy.split("; ").find((part) => part.startsWith("script-src")) ?? "";
    const scripts = (html.match(/<script\b[^>]*>/g) ?? []).filter((script) => !script.includes("ld+json"));
    if (scripts.length > 0) {
      const nonce = /'nonce-([^']+)'/.exec(directive)?.[1];
      expect(nonce).toBeTruthy();
      expect(directive).not.toContain("unsafe-");
      expect(scripts.filter((script) => !script.includes(`nonce="${nonce}"`))).toEqual([]);
      expect(second.headers()["content-security-policy"]).not.toContain(nonce);
    }
    expect(html).not.toMatch(/<[^>]+\son[a-z]+=|javascript:/i);
  });
}

const routes = filesBelow(join(FRONTEND, "src", "app"))
  .filter((file) => file.endsWith("/route.ts"))
  .map((file) => dirname(file).slice(join(FRONTEND, "src", "app").length))
  .map((path) => path.replace("[...path]", "bookings/1/cancel/").replace("[locale]", "ne"));

const senders: Record<string, Record<string, string>> = {
  "another site": { "Sec-Fetch-Site": "cross-site", Origin: "https://elsewhere.example" },
  "a neighbour": { "Sec-Fetch-Site": "same-site", Origin: "https://shop.sewabazaar.example" },
  "an old browser on another site": { Origin: "https://elsewhere.example" },
  "a page without an origin": { Origin: "null" },
  "no page at all": {},
};

for (const path of routes) {
  test(`${path} changes nothing for another site`, async ({ request }) => {
    for (const [sender, headers] of Object.entries(senders)) {
      for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
        const answer = await request.fetch(path, { method, headers, data: "{}", maxRedirects: 0 });
        expect([403, 405], `${method} by ${sender}`).toContain(answer.status());
        expect(answer.headers()["set-cookie"]).toBeUndefined();
      }
    }
  });
}

test("a form on another site can't log anybody out or in", async ({ page }) => {
  const form = `<form method="post" enctype="text/plain" action="${process.env.SITE_URL}/session"><button>Go</button></form>`;
  await page.route("http://elsewhere.example/**", (route) =>
    route.fulfill({ contentType: "text/html", body: form }),
  );
  await page.goto("http://elsewhere.example/");
  const answer = page.waitForResponse(/\/session$/);
  await page.getByRole("button").click();
  expect((await answer).status()).toBe(403);
});
