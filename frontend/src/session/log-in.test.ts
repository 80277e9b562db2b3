// @vitest-environment node
import { http, HttpResponse } from "msw";
import { NextRequest } from "next/server";
import { afterEach, describe, expect, it, vi } from "vitest";

import { network } from "@/testing/network";
import { aUser } from "@/testing/samples";

import { logIn } from "./log-in";

const API = "http://127.0.0.1:8000/api/auth/login/";

function post(headers: Record<string, string> = { "sec-fetch-site": "same-origin" }) {
  return logIn(
    new NextRequest("http://127.0.0.1:3000/session", { method: "POST", headers, body: "{}" }),
    "/api/auth/login/",
  );
}

afterEach(() => vi.unstubAllEnvs());

function accepted(language: "en" | "ne" = "ne") {
  network.use(
    http.post(API, () =>
      HttpResponse.json({ user: aUser({ language }), access: "secret-a", refresh: "secret-r" }),
    ),
  );
}

describe("a login", () => {
  it("answers the person alone, and no token", async () => {
    accepted();
    const text = await (await post()).text();
    expect(JSON.parse(text)).toEqual({ user: aUser({ language: "ne" }) });
    expect(text).not.toContain("secret");
  });

  it("keeps the tokens in cookies that no script reads", async () => {
    accepted();
    const cookies = (await post()).headers.getSetCookie().filter((cookie) => cookie.includes("secret"));
    expect(cookies).toHaveLength(2);
    for (const cookie of cookies) expect(cookie).toMatch(/HttpOnly/);
  });

  it("holds browsers to https where the site has it", async () => {
    vi.stubEnv("SITE_URL", "https://sewa.example");
    accepted();
    const cookies = (await post()).headers.getSetCookie();
    expect(cookies.find((cookie) => cookie.includes("secret-a"))).toMatch(/^__Host-access=.*Secure/);
  });

  it("goes on in the person's language", async () => {
    accepted();
    expect((await post()).headers.getSetCookie().join()).toContain("language=ne");
  });

  it("passes a refusal and its wait on, and sets nothing", async () => {
    network.use(
      http.post(API, () =>
        HttpResponse.json({ errors: [] }, { status: 429, headers: { "Retry-After": "30" } }),
      ),
    );
    const answer = await post();
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "30"]);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it("is refused from another site's page", async () => {
    expect((await post({ "sec-fetch-site": "cross-site" })).status).toBe(403);
  });

  it("says that the API is away", async () => {
    network.use(http.post(API, () => HttpResponse.error()));
    expect((await post()).status).toBe(503);
  });
});
