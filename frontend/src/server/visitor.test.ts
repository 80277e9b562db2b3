import { afterEach, describe, expect, it, vi } from "vitest";

import { contentSecurityPolicy } from "./content-security-policy";
import { marketplaceToday } from "./today";
import { visitorOf } from "./visitor";

afterEach(() => vi.unstubAllEnvs());

describe("who asks", () => {
  const headers = new Headers({ "x-site-peer": "203.0.113.9", "x-forwarded-for": "1.1.1.1, 198.51.100.7" });

  it("is the connection's own address, whatever a client claims", () => {
    expect(visitorOf(headers).address).toBe("203.0.113.9");
  });

  it("is what the nearest trusted proxy wrote, and not what stands left of it", () => {
    vi.stubEnv("SITE_TRUSTED_PROXIES", "1");
    expect(visitorOf(headers).address).toBe("198.51.100.7");
  });
});

describe("today", () => {
  it("is the marketplace's", () => {
    expect(marketplaceToday(new Date("2026-11-30T18:30:00Z"))).toBe("2026-12-01");
  });
});

describe("the policy for scripts", () => {
  it("lets no inline script run but with the page's nonce", () => {
    const policy = contentSecurityPolicy({ nonce: "abc", pathname: "/services" });
    expect(policy).toContain("script-src 'self' 'nonce-abc'");
    expect(policy).not.toContain("unsafe-inline");
  });

  it("lets forms reach gateways from paying pages alone", () => {
    vi.stubEnv("GATEWAY_ORIGINS", "https://esewa.test");
    const at = (pathname: string) => contentSecurityPolicy({ nonce: "abc", pathname });
    expect(at("/book/5/confirmation")).toMatch(/form-action 'self' https:\/\/esewa\.test/);
    expect(at("/services")).not.toContain("esewa.test");
  });
});
