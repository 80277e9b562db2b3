import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { answer, nobody } from "@/testing/answers";
import { router } from "@/testing/navigation";
import { renderIn } from "@/testing/render";
import { aProgress, aService, aSlot } from "@/testing/samples";

import type { Choice } from "./model";
import { newBookingAddress } from "./new-booking-address";
import { NewBooking } from "./NewBooking";

vi.mock("next/navigation", () => import("@/testing/navigation"));

const CREATE = "/api/booking-wizard/create-step/";
const HOLD = "Hold this time and continue";
const none: Choice = { chosen: null, wish: { staff: null, gender: "any" }, goOn: false };
const ten: Choice = { ...none, chosen: { date: "2026-12-01", time: "10:00:00" } };

function shown({ chosen, wish, goOn }: Choice, isLoggedIn = true) {
  const address = newBookingAddress("en", 7, chosen, wish);
  window.history.replaceState(null, "", goOn ? `${address}&go=1` : address);
  return renderIn("en", <NewBooking service={aService()} today="2026-11-29" isLoggedIn={isLoggedIn} />);
}

const click = (name: string) => userEvent.click(screen.getByRole("button", { name }));

beforeEach(() => {
  vi.clearAllMocks();
  sessionStorage.clear();
  answer("get", "/api/booking-slots/available-dates/", [{ date: "2026-12-01", available_slots: 2 }]);
  answer("get", "/api/booking-slots/available-slots/", [aSlot("10:00:00"), aSlot("12:00:00")]);
});

describe("a booking before there is an account", () => {
  it("keeps the choice in the address, and leads to the login with it", async () => {
    shown({ ...ten, wish: { staff: 11, gender: "any" } }, false);
    await userEvent.click(await screen.findByRole("radio", { name: "12:00" }));
    const chosen = "/en/book/new?service=7&date=2026-12-01&time=12%3A00%3A00&staff=11";
    expect(window.location.pathname + window.location.search).toBe(chosen);
    await click("Log in and continue");
    expect(router.push).toHaveBeenCalledWith(`/en/login?next=${encodeURIComponent(`${chosen}&go=1`)}`);
  });

  it("still has the time that was chosen when somebody comes back from the login", async () => {
    const { unmount } = shown(ten, false);
    await userEvent.click(await screen.findByRole("radio", { name: "12:00" }));
    unmount();
    renderIn("en", <NewBooking service={aService()} today="2026-11-29" isLoggedIn={false} />);
    expect(await screen.findByRole("radio", { name: "12:00" })).toBeChecked();
  });

  it("keeps a changed wish in the address too", async () => {
    shown(ten, false);
    await userEvent.selectOptions(await screen.findByLabelText("I would like"), "A woman");
    expect(window.location.search).toContain("gender=female");
    await userEvent.selectOptions(screen.getByLabelText("Who comes"), "Anybody who is free");
    expect(window.location.search).not.toContain("staff=");
  });

  it("misses the time before anything is sent", async () => {
    shown({ ...none, chosen: null });
    await click(HOLD);
    expect(await screen.findByRole("alert")).toHaveTextContent("Choose a time");
  });
});

describe("a booking that is begun", () => {
  const draft = "/en/book/5/datetime?date=2026-12-01&time=10%3A00%3A00&go=1";

  it("becomes a draft, whose own page takes the time", async () => {
    const asked = answer("post", CREATE, aProgress());
    shown(ten);
    await click(HOLD);
    await waitFor(() => expect(router.replace).toHaveBeenCalledWith(draft));
    expect(asked.bodies).toEqual([{ booking_step: "service_selection", service: 7 }]);
  });

  it("goes on by itself after the login", async () => {
    answer("post", CREATE, aProgress());
    shown({ ...ten, goOn: true });
    await waitFor(() => expect(router.replace).toHaveBeenCalledWith(draft));
  });

  it("stays with who came back without a login", async () => {
    shown({ ...ten, goOn: true }, false);
    expect(await screen.findByRole("radio", { name: "10:00" })).toBeChecked();
    expect(router.push).not.toHaveBeenCalled();
  });

  it("becomes one draft, also where the first answer was lost", async () => {
    const asked = answer("post", CREATE, nobody, aProgress());
    shown(ten);
    await click(HOLD);
    expect(await screen.findByRole("alert")).toHaveTextContent("can't be reached");
    await click(HOLD);
    await waitFor(() => expect(router.replace).toHaveBeenCalledWith(draft));
    const [first, second] = asked.requests.map((request) => request.headers.get("idempotency-key"));
    expect(first).toBeTruthy();
    expect(second).toBe(first);
  });
});
