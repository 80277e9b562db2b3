// @vitest-environment node
import { afterEach, describe, expect, it } from "vitest";

import { request } from "@/testing/request";

import { leadOn } from "./lead-on";

afterEach(() => request.cookies.clear());

/** Redirects leave a page by an error that says where to. */
const leadsTo = (address: string) => ({ digest: expect.stringContaining(`;${address};`) });

describe("login and registration", () => {
  it("are for who has no login", async () => {
    await expect(leadOn("/en/bookings")).resolves.toBeUndefined();
  });

  it.each(["access", "refresh"])("lead who has one, by its %s cookie, on", async (name) => {
    request.cookies.set(name, "token");
    await expect(leadOn("/en/account")).rejects.toMatchObject(leadsTo("/en/account"));
  });

  it("lead on to a choice without beginning a booking of it", async () => {
    request.cookies.set("access", "token");
    const choice = "/en/book/new?service=7&date=2026-12-01";
    await expect(leadOn(`${choice}&go=1`)).rejects.toMatchObject(leadsTo(choice));
  });
});
