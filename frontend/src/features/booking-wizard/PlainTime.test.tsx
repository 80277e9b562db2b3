import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Locale } from "@/i18n/locales";
import { answer, refusal } from "@/testing/answers";
import { router } from "@/testing/navigation";
import { without } from "@/testing/offering";
import { renderIn } from "@/testing/render";
import { anError, aProgress, aService, aSlot } from "@/testing/samples";

import { BookingWizard } from "./BookingWizard";
import { NewBooking } from "./NewBooking";

vi.mock("next/navigation", () => import("@/testing/navigation"));

const TODAY = "2026-11-29";
const noSlots = without("slots");

function shown(locale: Locale = "en", query = "") {
  window.history.replaceState(null, "", `/${locale}/book/new${query}`);
  renderIn(locale, noSlots(<NewBooking service={aService()} today={TODAY} isLoggedIn={false} />));
  return userEvent.setup();
}

const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });

beforeEach(() => vi.clearAllMocks());

describe("where free times aren't shown, date and time", () => {
  it("are typed, and go on to the login with the service", async () => {
    const user = shown();
    type("Date", "2026-12-01");
    type("Time", "10:00");
    await user.click(screen.getByRole("button", { name: "Log in and continue" }));
    const back = "/en/book/new?service=7&date=2026-12-01&time=10%3A00%3A00&go=1";
    expect(router.push).toHaveBeenCalledWith(`/en/login?next=${encodeURIComponent(back)}`);
  });

  it("are missed while one of them is empty", async () => {
    const user = shown();
    type("Date", "2026-12-01");
    await user.click(screen.getByRole("button", { name: "Log in and continue" }));
    expect(screen.getByRole("alert")).toHaveTextContent("Choose a time");
    expect(router.push).not.toHaveBeenCalled();
  });

  it("keep the date when the time is emptied again", () => {
    shown("en", "?date=2026-12-01&time=10:00:00");
    expect(screen.getByLabelText("Time")).toHaveValue("10:00");
    type("Time", "");
    expect(screen.getByLabelText("Date")).toHaveValue("2026-12-01");
  });

  it("take seconds from a browser that has a field for them", async () => {
    const user = shown();
    type("Date", "2026-12-01");
    type("Time", "10:00:30");
    await user.click(screen.getByRole("button", { name: "Log in and continue" }));
    expect(router.push).toHaveBeenCalledWith(expect.stringContaining("10%253A00%253A30"));
  });

  it("can only be ahead, and as far as the service is booked", () => {
    shown();
    expect(screen.getByLabelText("Date")).toHaveAttribute("min", TODAY);
    expect(screen.getByLabelText("Date")).toHaveAttribute("max", "2027-01-28");
  });

  it("are said in both calendars in Nepali", async () => {
    shown("ne");
    type("मिति", "2026-12-01");
    expect(await screen.findByText(/मंगलबार, १ डिसेम्बर २०२६ \(.* २०८३\)/)).toBeVisible();
  });
});

describe("a time that nobody has seen free", () => {
  const empty = aProgress({
    next_step: "datetime_selection",
    completed_steps: ["service_selection"],
    booking: { booking_date: null, booking_time: null },
  });

  beforeEach(() => {
    answer("get", "/api/booking-wizard/5/", empty);
    answer("get", "/api/services/7/", aService());
    window.history.replaceState(null, "", "/en/book/5/datetime?date=2026-12-01&time=10:10:00");
    renderIn("en", noSlots(<BookingWizard bookingId={5} step="datetime" today={TODAY} />));
  });

  it("brings the nearest that are, one tap each", async () => {
    const lost = { ...anError("slot_unavailable"), alternatives: [aSlot("10:30:00")] };
    const asked = answer("post", "/api/booking-wizard/create-step/", refusal(409, lost), aProgress());
    await userEvent.click(await screen.findByRole("button", { name: "Hold this time and continue" }));
    expect(await screen.findByText("This time can't be booked")).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Tue 1 December, 10:30" }));
    await vi.waitFor(() => expect(router.push).toHaveBeenCalledWith("/en/book/5/details"));
    expect(asked.bodies.at(-1)).toMatchObject({ booking_date: "2026-12-01", booking_time: "10:30:00" });
  });

  it("says so where none is near", async () => {
    answer("post", "/api/booking-wizard/create-step/", refusal(409, anError("slot_unavailable")));
    await userEvent.click(await screen.findByRole("button", { name: "Hold this time and continue" }));
    expect(await screen.findByText(/no time near it is free/)).toBeVisible();
  });
});
