// @vitest-environment node
import { unstable_doesMiddlewareMatch as matches } from "next/experimental/testing/server";
import { NextRequest } from "next/server";
import { describe, expect, it } from "vitest";

import { config, proxy } from "./proxy";

const asked = (path: string) => new NextRequest(`http://127.0.0.1:3000${path}`);

describe("an address", () => {
  it.each(["/favicon.ico", "/icon.svg", "/healthz", "/api/cities/"])("%s is no page", (url) => {
    expect(matches({ config, url })).toBe(false);
  });

  it.each(["/", "/en", "/favicon.icon", "/en/services/yoga"])("%s may be a page", (url) => {
    expect(matches({ config, url })).toBe(true);
  });
});

describe("the visitor's city", () => {
  const cookieAfter = (path: string) => proxy(asked(path)).cookies.get("city");

  it("is remembered where the start page's form says it", () => {
    expect(cookieAfter("/en?city=kathmandu")).toMatchObject({
      value: "kathmandu",
      path: "/",
      httpOnly: true,
      sameSite: "lax",
    });
  });

  it.each(["/en?city=", "/en?city=a%3Bb"])("is forgotten by %s", (path) => {
    expect(cookieAfter(path)).toMatchObject({ value: "", maxAge: 0 });
  });

  it.each(["/en", "/en/services?city=kathmandu"])("stays what it was on %s", (path) => {
    expect(cookieAfter(path)).toBeUndefined();
  });
});
