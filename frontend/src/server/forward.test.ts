// @vitest-environment node
import { http, HttpResponse } from "msw";
import { NextRequest } from "next/server";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { network } from "@/testing/network";

const API = "http://127.0.0.1:8000";
const SITE = "http://127.0.0.1:3000";

/** Renewals are remembered for a minute: each test has a token of its own. */
let refresh = "";
let count = 0;

beforeEach(() => {
  count += 1;
  refresh = `refresh-${count}`;
});

interface Asking {
  method?: string;
  cookie?: string;
  headers?: Record<string, string>;
  body?: string;
}

async function ask(path: string, { method = "GET", cookie, headers = {}, body }: Asking = {}) {
  const { forwardToApi } = await import("./forward");
  const sent = { ...(cookie && { cookie }), ...headers };
  return forwardToApi(new NextRequest(`${SITE}${path}`, { method, headers: sent, body }));
}

/** `/api/auth/me/` is there for `good` alone; a renewal brings it. */
function apiWithRenewal() {
  const calls = { me: [] as (string | null)[], renewals: 0 };
  network.use(
    http.get(`${API}/api/auth/me/`, ({ request }) => {
      const login = request.headers.get("authorization");
      calls.me.push(login);
      return login === "Bearer good"
        ? HttpResponse.json({ id: 2 }, { headers: { ETag: '"1"', "Set-Cookie": "sessionid=1", Server: "x" } })
        : HttpResponse.json({ errors: [] }, { status: 401 });
    }),
    http.post(`${API}/api/auth/refresh/`, () => {
      calls.renewals += 1;
      return HttpResponse.json({ access: "good", refresh: "next" });
    }),
  );
  return calls;
}

describe("a call through the site's server", () => {
  it("carries the login of the cookie, and no cookie", async () => {
    let sent: Headers | undefined;
    network.use(
      http.get(`${API}/api/auth/me/`, ({ request }) => {
        sent = request.headers;
        return HttpResponse.json({});
      }),
    );
    await ask("/api/auth/me/", { cookie: "access=good" });
    expect(sent?.get("authorization")).toBe("Bearer good");
    expect(sent?.get("cookie")).toBeNull();
  });

  it("renews a login that ran out once, and asks again", async () => {
    const calls = apiWithRenewal();
    const answer = await ask("/api/auth/me/", { cookie: `access=old; refresh=${refresh}` });
    expect(answer.status).toBe(200);
    expect(calls).toEqual({ me: ["Bearer old", "Bearer good"], renewals: 1 });
  });

  it("renews before it asks where only the refresh token is left", async () => {
    const calls = apiWithRenewal();
    await ask("/api/auth/me/", { cookie: `refresh=${refresh}` });
    expect(calls).toEqual({ me: ["Bearer good"], renewals: 1 });
  });

  it("keeps new tokens in cookies that no script reads, and out of the answer", async () => {
    apiWithRenewal();
    const answer = await ask("/api/auth/me/", { cookie: `refresh=${refresh}` });
    const cookies = answer.headers.getSetCookie();
    expect(cookies).toHaveLength(2);
    for (const cookie of cookies) expect(cookie).toMatch(/HttpOnly; SameSite=lax$/i);
    expect(await answer.text()).toBe('{"id":2}');
  });

  it("shares one renewal among calls at the same time", async () => {
    const calls = apiWithRenewal();
    const cookie = `access=old; refresh=${refresh}`;
    const answers = await Promise.all([1, 2, 3].map(() => ask("/api/auth/me/", { cookie })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(calls.renewals).toBe(1);
  });

  it("forgets a login that can't be renewed", async () => {
    apiWithRenewal();
    network.use(http.post(`${API}/api/auth/refresh/`, () => HttpResponse.json({}, { status: 401 })));
    const answer = await ask("/api/auth/me/", { cookie: `access=old; refresh=${refresh}` });
    expect(answer.status).toBe(401);
    for (const cookie of answer.headers.getSetCookie()) expect(cookie).toContain("Max-Age=0");
  });

  it("keeps a login whose renewal met an API that is away", async () => {
    apiWithRenewal();
    network.use(http.post(`${API}/api/auth/refresh/`, () => HttpResponse.json({}, { status: 502 })));
    const answer = await ask("/api/auth/me/", { cookie: `access=old; refresh=${refresh}` });
    expect(answer.status).toBe(503);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it("passes back what a browser needs and no other header", async () => {
    apiWithRenewal();
    const answer = await ask("/api/auth/me/", { cookie: "access=good" });
    expect(answer.headers.get("etag")).toBe('"1"');
    expect([answer.headers.get("set-cookie"), answer.headers.get("server")]).toEqual([null, null]);
  });

  it("passes on a 304 without a body", async () => {
    network.use(http.get(`${API}/api/bookings/5/`, () => new HttpResponse(null, { status: 304 })));
    const answer = await ask("/api/bookings/5/");
    expect([answer.status, await answer.text()]).toEqual([304, ""]);
  });

  it("says calmly that the API is away", async () => {
    network.use(http.get(`${API}/api/bookings/`, () => HttpResponse.error()));
    const answer = await ask("/api/bookings/");
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(await answer.json()).toMatchObject({ errors: [{ code: "unavailable" }] });
  });

  it.each(["login", "register", "refresh", "logout"])(
    "does not reach %s, whose answer holds tokens",
    async (name) => {
      const headers = { "sec-fetch-site": "same-origin" };
      expect((await ask(`/api/auth/${name}/`, { method: "POST", headers, body: "{}" })).status).toBe(404);
      expect((await ask(`/api/auth/${name}`, { method: "POST", headers, body: "{}" })).status).toBe(404);
    },
  );

  it("refuses escaped paths, which the API would read as others", async () => {
    const headers = { "sec-fetch-site": "same-origin" };
    expect((await ask("/api/auth/%6cogin/", { method: "POST", headers, body: "{}" })).status).toBe(404);
  });

  it.each([
    ["another site's page", { "sec-fetch-site": "cross-site" }],
    ["another site's older browser", { origin: "https://evil.example" }],
    ["no page at all", {}],
  ])("refuses a write from %s", async (_, headers: Record<string, string>) => {
    const answer = await ask("/api/bookings/", { method: "POST", headers, body: "{}" });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ errors: [{ code: "cross_site" }] });
  });

  it.each([
    ["says so", { "sec-fetch-site": "same-origin" }],
    ["is of the site's address", { origin: SITE }],
    ["is of the host's own name", { origin: "http://site.test", host: "site.test" }],
  ])("lets a write pass whose origin %s, with its body", async (_, headers: Record<string, string>) => {
    let body = "";
    network.use(
      http.post(`${API}/api/bookings/`, async ({ request }) => {
        body = await request.text();
        return HttpResponse.json({}, { status: 201 });
      }),
    );
    const answer = await ask("/api/bookings/", { method: "POST", headers, body: '{"a":1}' });
    expect([answer.status, body]).toEqual([201, '{"a":1}']);
  });

  it("refuses what is too large before reading it", async () => {
    const headers = { "sec-fetch-site": "same-origin", "content-length": String(7 * 1024 * 1024) };
    expect((await ask("/api/bookings/", { method: "POST", headers, body: "{}" })).status).toBe(413);
  });

  it("names its visitor to the API with the site's key", async () => {
    vi.stubEnv("SITE_KEY", "secret");
    let sent: Headers | undefined;
    network.use(
      http.get(`${API}/api/cities/`, ({ request }) => {
        sent = request.headers;
        return HttpResponse.json({});
      }),
    );
    await ask("/api/cities/", { headers: { "x-site-peer": "203.0.113.9", "x-forwarded-for": "10.0.0.1" } });
    expect([sent?.get("x-site-key"), sent?.get("x-site-client")]).toEqual(["secret", "203.0.113.9"]);
    vi.unstubAllEnvs();
  });
});
