import { http } from "msw";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { answer, nobody } from "@/testing/answers";
import { network } from "@/testing/network";
import { aConfig } from "@/testing/samples";

import type { Flags } from "./flags";

vi.mock("next/headers", () => ({ headers: () => Promise.resolve(new Headers()) }));

const CONFIG = "/api/config/";
const allOn: Flags = { wizard: true, slots: true, payments: true };

function apiSays(changes: { booking_wizard?: boolean; booking_slots?: boolean } = {}) {
  return answer("get", CONFIG, aConfig(changes));
}

/** An answer that never comes. */
const hangs = () => network.use(http.get(`*${CONFIG}`, () => new Promise<never>(() => undefined)));

/** Asks as a server does that has just been started. */
async function found(): Promise<Flags> {
  vi.resetModules();
  const { flags } = await import("./flags");
  return flags();
}

beforeEach(() => vi.stubEnv("API_URL", "http://127.0.0.1:3000"));
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe("what the marketplace offers", () => {
  it("is all of it where nothing is switched off", async () => {
    apiSays();
    expect(await found()).toEqual(allOn);
  });

  it.each([
    ["NEXT_PUBLIC_NEW_BOOKING_WIZARD", "wizard"],
    ["NEXT_PUBLIC_BOOKING_SLOTS", "slots"],
    ["NEXT_PUBLIC_PAYMENT_INTEGRATION", "payments"],
  ])("leaves out what the site switches off with %s", async (variable, flag) => {
    apiSays();
    vi.stubEnv(variable, "false");
    expect(await found()).toEqual({ ...allOn, [flag]: false });
  });

  it("leaves out what the API switches off, whatever the site's flags say", async () => {
    apiSays({ booking_wizard: false });
    vi.stubEnv("NEXT_PUBLIC_NEW_BOOKING_WIZARD", "true");
    vi.stubEnv("NEXT_PUBLIC_BOOKING_SLOTS", "0");
    expect(await found()).toEqual({ wizard: false, slots: false, payments: true });
  });

  it.each(["True", "1", "on", ""])("counts %j as on", async (value) => {
    apiSays();
    vi.stubEnv("NEXT_PUBLIC_BOOKING_SLOTS", value);
    expect((await found()).slots).toBe(true);
  });

  it("goes by the site's flags alone while the API can't say", async () => {
    answer("get", CONFIG, nobody);
    vi.stubEnv("NEXT_PUBLIC_PAYMENT_INTEGRATION", "no");
    expect(await found()).toEqual({ ...allOn, payments: false });
  });

  it("waits a second for an API that hangs, and then leaves it alone for a while", async () => {
    vi.stubEnv("NEXT_PUBLIC_PAYMENT_INTEGRATION", "no");
    hangs();
    const waits = vi
      .spyOn(AbortSignal, "timeout")
      .mockImplementation((milliseconds) =>
        milliseconds === 1_000 ? AbortSignal.abort() : new AbortController().signal,
      );
    expect(await found()).toEqual({ ...allOn, payments: false });
    const asked = apiSays({ booking_slots: false });
    const { flags } = await import("./flags");
    expect(await flags()).toEqual({ ...allOn, payments: false });
    expect(asked.requests).toEqual([]);
    expect(waits).toHaveBeenCalledWith(1_000);
  });

  it("asks an API again that was silent some seconds ago", async () => {
    answer("get", CONFIG, nobody);
    expect(await found()).toEqual(allOn);
    apiSays({ booking_slots: false });
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 5_001);
    const { flags } = await import("./flags");
    expect(await flags()).toEqual({ ...allOn, slots: false });
  });

  it("goes by the site's flags alone beside an API that has no such address", async () => {
    answer("get", CONFIG, 404);
    expect(await found()).toEqual(allOn);
  });
});
