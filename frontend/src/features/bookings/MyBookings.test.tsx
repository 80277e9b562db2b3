import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { answer, nobody, refusal } from "@/testing/answers";
import { renderIn } from "@/testing/render";
import { aBooking, aList, anError, aUser } from "@/testing/samples";

import { MyBookings } from "./MyBookings";
import type { View } from "./queries";

const BOOKINGS = "/api/bookings/";

const shown = (view: View = "upcoming", page = 1) => renderIn("en", <MyBookings view={view} page={page} />);

describe("my bookings", () => {
  it("lead to the booking, and drafts back into the wizard", async () => {
    answer("get", BOOKINGS, aList([aBooking({ id: 1, status: "confirmed" }), aBooking({ id: 2 })]));
    shown();
    const links = await screen.findAllByRole("link", { name: "Deep home cleaning" });
    expect(links.map((link) => link.getAttribute("href"))).toEqual([
      "/en/bookings/1",
      "/en/book/2/confirmation",
    ]);
  });

  it("say when, how it stands and what it costs", async () => {
    answer("get", BOOKINGS, aList([aBooking({ status: "confirmed" })]));
    shown();
    expect(await screen.findByText("Tuesday, 1 December 2026, 10:00")).toBeVisible();
    expect(screen.getByText("Confirmed")).toBeVisible();
    expect(screen.getByText("SB-5AB • Rs 1,500")).toBeVisible();
  });

  it("say of a draft that no time is chosen yet", async () => {
    answer("get", BOOKINGS, aList([aBooking({ booking_date: null, booking_time: null })]));
    shown("drafts");
    expect(await screen.findByText("No time chosen yet")).toBeVisible();
    expect(screen.getByText(/Go on with it/)).toBeVisible();
  });

  it.each([
    ["upcoming", "status=pending&status=confirmed&status=in_progress&ordering=booking_date&page=1"],
    [
      "past",
      "status=completed&status=cancelled&status=rejected&status=no_show&status=expired&ordering=-booking_date&page=1",
    ],
    ["drafts", "status=draft&page=1"],
  ] as const)("that are %s are asked for by %s", async (view, query) => {
    const asked = answer("get", BOOKINGS, aList([aBooking()]));
    shown(view);
    await screen.findByRole("article");
    expect(new URL(asked.requests[0]!.url).search).toBe(`?${query}`);
  });

  it("say which of them are shown", async () => {
    answer("get", BOOKINGS, aList([]));
    shown("past");
    expect(screen.getByRole("link", { name: "Past" })).toHaveAttribute("aria-current", "page");
    expect(screen.getByRole("link", { name: "Upcoming" })).not.toHaveAttribute("aria-current");
    expect(await screen.findByText("You have no bookings behind you.")).toBeVisible();
  });

  it("have pages, within what is shown", async () => {
    answer("get", BOOKINGS, aList([aBooking()], 50));
    shown("past", 2);
    expect(await screen.findByText("Page 2 of 3")).toBeVisible();
    expect(screen.getByRole("link", { name: "Previous" })).toHaveAttribute("href", "/en/bookings?view=past");
    expect(screen.getByRole("link", { name: "Next" })).toHaveAttribute(
      "href",
      "/en/bookings?view=past&page=3",
    );
  });

  it("come after a login", async () => {
    answer("get", BOOKINGS, refusal(401, anError("not_authenticated")), aList([aBooking()]));
    answer("post", "/session", { user: aUser() });
    shown();
    expect(await screen.findByText("Log in to see your bookings")).toBeVisible();
    await userEvent.type(screen.getByLabelText("E-mail address"), "maya@example.com");
    await userEvent.type(screen.getByLabelText("Password"), "secret-word{Enter}");
    expect(await screen.findByRole("link", { name: "Deep home cleaning" })).toBeVisible();
  });

  it("can be asked for again where the API is away", async () => {
    answer("get", BOOKINGS, nobody, aList([aBooking()]));
    shown();
    await userEvent.click(await screen.findByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("link", { name: "Deep home cleaning" })).toBeVisible();
  });
});
