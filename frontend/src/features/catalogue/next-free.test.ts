import { beforeEach, describe, expect, it, vi } from "vitest";

import { answer } from "@/testing/answers";
import { aService } from "@/testing/samples";

import { nextFreeByService } from "./next-free";

const offered = vi.hoisted(() => ({ slots: true }));

vi.mock("@/server/flags", () => ({ flags: () => Promise.resolve(offered) }));
vi.mock("next/headers", () => ({ headers: () => Promise.resolve(new Headers()) }));
vi.mock("next-intl/server", () => ({ getLocale: () => Promise.resolve("en") }));

const startsAt = "2026-12-01T10:00:00+05:45";

beforeEach(() => vi.stubEnv("API_URL", "http://127.0.0.1:3000"));

describe("the first free instant of a service", () => {
  it("is asked of the API", async () => {
    answer("get", "/api/booking-slots/next-available/", [
      { service: 7, date: "2026-12-01", start_time: "10:00:00", starts_at: startsAt },
    ]);
    expect(await nextFreeByService([aService()])).toEqual(new Map([[7, startsAt]]));
  });

  it("is not asked for where free times aren't shown, so that nothing is said of any", async () => {
    offered.slots = false;
    const asked = answer("get", "/api/booking-slots/next-available/", 404);
    expect(await nextFreeByService([aService({ id: 8 })])).toEqual(new Map());
    expect(asked.requests).toEqual([]);
  });
});
