import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { answer, nobody, refusal } from "@/testing/answers";
import { router } from "@/testing/navigation";
import { renderIn } from "@/testing/render";
import { aMethod, anError, aProgress, aService, aSlot, aUser } from "@/testing/samples";

import { replaceDocument } from "@/ui/open-document";

import { BookingWizard } from "./BookingWizard";
import type { Progress, StepName } from "./model";

vi.mock("next/navigation", () => import("@/testing/navigation"));
vi.mock("@/ui/open-document");

const CREATE = "/api/booking-wizard/create-step/";

/** Progress `null`: the test has said beforehand what the server answers. */
function shown(step: StepName, progress: Progress | null = aProgress(), query = "") {
  if (progress) answer("get", "/api/booking-wizard/5/", progress);
  window.history.replaceState(null, "", `/en/book/5/${step}${query}`);
  renderIn("en", <BookingWizard bookingId={5} step={step} today="2026-11-29" />);
  return userEvent.setup();
}

beforeEach(() => {
  vi.clearAllMocks();
  sessionStorage.clear();
  answer("get", "/api/services/7/", aService());
  answer("get", "/api/services/", { count: 1, results: [aService(), aService({ id: 8, title: "Yoga" })] });
  answer("get", "/api/auth/me/", aUser());
  answer("get", "/api/booking-slots/available-dates/", [{ date: "2026-12-01", available_slots: 2 }]);
  answer("get", "/api/booking-slots/available-slots/", [aSlot("10:00:00"), aSlot("12:00:00")]);
  answer("get", "/api/payment-methods/", [aMethod("khalti", { max_amount: "1000.00" }), aMethod("cash")]);
  answer("post", "/api/booking-wizard/calculate-price/", aProgress().price);
});

const full = aProgress({
  next_step: "confirmation",
  completed_steps: ["service_selection", "datetime_selection", "details_input", "payment"],
});

describe("the wizard", () => {
  it("says where one is, and leads back to what is done", async () => {
    shown("details");
    const done = await screen.findByRole("link", { name: /Date and time/ });
    expect(screen.getByText("Step 3 of 5")).toBeVisible();
    expect(screen.getByText("Details").parentElement).toHaveAttribute("aria-current", "step");
    expect(done).toHaveAttribute("href", "/en/book/5/datetime");
  });

  it("leads to the first missing step where a later one is asked for", async () => {
    shown("confirmation");
    await waitFor(() => expect(router.replace).toHaveBeenCalledWith("/en/book/5/details"));
  });

  it("leads to the booking where it is made already", async () => {
    shown("payment", aProgress({ booking: { status: "confirmed" } }));
    await waitFor(() => expect(router.replace).toHaveBeenCalledWith("/en/booking/5/result"));
  });

  it("asks for the login where there is none", async () => {
    answer("get", "/api/booking-wizard/5/", refusal(401, anError("not_authenticated")), aProgress());
    const user = shown("details", null);
    answer("post", "/session", { user: aUser() });
    expect(await screen.findByText("Log in to go on with your booking")).toBeVisible();
    await user.type(screen.getByLabelText("E-mail address"), "maya@example.com");
    await user.type(screen.getByLabelText("Password"), "secret-word");
    await user.click(screen.getByRole("button", { name: "Log in" }));
    expect(await screen.findByLabelText("Address")).toBeVisible();
  });

  it("says that a draft is gone", async () => {
    answer("get", "/api/booking-wizard/5/", refusal(404, anError("not_found")));
    shown("details", null);
    expect(await screen.findByText("This booking doesn't exist any more")).toBeVisible();
  });

  it("tries again where the API is away", async () => {
    answer("get", "/api/booking-wizard/5/", nobody, aProgress());
    const user = shown("details", null);
    await user.click(await screen.findByRole("button", { name: "Try again" }));
    expect(await screen.findByLabelText("Address")).toBeVisible();
  });
});

describe("choosing another service", () => {
  it("warns what is lost, and goes on with the time", async () => {
    const asked = answer("post", CREATE, aProgress());
    const user = shown("service");
    await user.click(await screen.findByRole("radio", { name: /Yoga/ }));
    expect(screen.getByText(/you choose the time and the way to pay anew/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Continue" }));
    await waitFor(() => expect(router.push).toHaveBeenCalledWith("/en/book/5/datetime"));
    expect(asked.bodies[0]).toMatchObject({ booking_step: "service_selection", service: 8 });
  });

  it("keeps the same one without asking the server", async () => {
    const user = shown("service");
    await screen.findByRole("radio", { name: /Deep home cleaning/ });
    await user.click(screen.getByRole("button", { name: "Continue" }));
    expect(router.push).toHaveBeenCalledWith("/en/book/5/details");
  });
});

describe("date and time", () => {
  const empty = aProgress({
    next_step: "datetime_selection",
    completed_steps: ["service_selection"],
    booking: { booking_date: null, booking_time: null },
  });

  it("are missed before anything is sent", async () => {
    const user = shown("datetime", empty);
    await user.click(await screen.findByRole("button", { name: "Hold this time and continue" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Choose a time");
  });

  it("are held by the server", async () => {
    const asked = answer("post", CREATE, aProgress());
    const user = shown("datetime");
    await user.click(await screen.findByRole("radio", { name: "12:00" }));
    await user.click(screen.getByRole("button", { name: "Hold this time and continue" }));
    await waitFor(() => expect(router.push).toHaveBeenCalledWith("/en/book/5/details"));
    expect(asked.bodies[0]).toMatchObject({
      booking_date: "2026-12-01",
      booking_time: "12:00:00",
      staff: null,
    });
  });

  it("that are lost bring others, one tap each", async () => {
    const lost = { ...anError("slot_unavailable"), alternatives: [aSlot("14:00:00")] };
    const asked = answer("post", CREATE, refusal(409, lost), aProgress());
    const user = shown("datetime");
    await user.click(await screen.findByRole("radio", { name: "12:00" }));
    await user.click(screen.getByRole("button", { name: "Hold this time and continue" }));
    const other = await screen.findByRole("button", { name: "Tue 1 December, 14:00" });
    expect(screen.getByRole("group", { name: "Somebody was quicker" })).toHaveFocus();
    await user.click(other);
    await waitFor(() => expect(router.push).toHaveBeenCalledWith("/en/book/5/details"));
    expect(asked.bodies[1]).toMatchObject({ booking_time: "14:00:00" });
  });

  it("of the address are taken without another click", async () => {
    const asked = answer("post", CREATE, aProgress());
    shown("datetime", empty, "?date=2026-12-01&time=10:00:00&go=1");
    await waitFor(() => expect(router.push).toHaveBeenCalledWith("/en/book/5/details"));
    expect(asked.bodies).toHaveLength(1);
    expect(window.location.search).toBe("");
  });

  it("can be wished with one member", async () => {
    const asked = answer("post", CREATE, aProgress());
    const user = shown("datetime");
    await user.selectOptions(await screen.findByLabelText("Who comes"), "Sita Gurung");
    await user.selectOptions(screen.getByLabelText("I would like"), "A woman");
    await user.click(await screen.findByRole("radio", { name: "12:00" }));
    await user.click(screen.getByRole("button", { name: "Hold this time and continue" }));
    await waitFor(() => expect(asked.bodies).toHaveLength(1));
    expect(asked.bodies[0]).toMatchObject({ staff: 11, preferred_provider_gender: "female" });
  });
});

describe("details", () => {
  it("are looked at before they are sent", async () => {
    const user = shown("details", aProgress({ booking: { address: "", city: "", phone: "12" } }));
    await user.click(await screen.findByRole("button", { name: "Continue" }));
    const summary = await screen.findByRole("alert");
    expect(summary).toHaveFocus();
    expect(within(summary).getAllByRole("link")).toHaveLength(3);
  });

  it("are kept while they are typed, also over a reload", async () => {
    const user = shown("details");
    await user.type(await screen.findByLabelText(/What should they know/), "Ring twice");
    expect(sessionStorage.getItem("details 5")).toContain("Ring twice");
  });

  it("are those of another device where nothing was typed here", async () => {
    answer("get", "/api/booking-wizard/5/", aProgress({ booking: { address: "Patan Dhoka 3" } }));
    sessionStorage.setItem("details 5", JSON.stringify({ special_instructions: "Ring twice" }));
    shown("details", null);
    expect(await screen.findByLabelText("Address")).toHaveValue("Patan Dhoka 3");
    expect(screen.getByLabelText(/What should they know/)).toHaveValue("Ring twice");
  });

  it("go on to the payment", async () => {
    const asked = answer("post", CREATE, aProgress({ next_step: "payment" }));
    const user = shown("details");
    await screen.findByRole("option", { name: "Kathmandu" });
    await user.click(screen.getByRole("button", { name: "Continue" }));
    await waitFor(() => expect(router.push).toHaveBeenCalledWith("/en/book/5/payment"));
    expect(asked.bodies[0]).toMatchObject({ booking_step: "details_input", is_recurring: false });
  });

  it("show what the server refused at its field", async () => {
    answer("post", CREATE, refusal(400, anError("invalid_phone", "phone", "Not in use.")));
    const user = shown("details");
    await screen.findByRole("option", { name: "Kathmandu" });
    await user.click(screen.getByRole("button", { name: "Continue" }));
    await waitFor(() => expect(screen.getByLabelText("Phone")).toHaveAccessibleDescription(/Not in use/));
  });

  it("show a series' gaps before they go on", async () => {
    const occurrences = [
      { date: "2026-12-01", time: "10:00:00", available: true },
      { date: "2026-12-08", time: "10:00:00", available: false },
    ];
    const asked = answer("post", CREATE, aProgress({ next_step: "payment", occurrences }));
    const user = shown("details");
    await user.click(await screen.findByRole("checkbox", { name: /regular booking/ }));
    await user.selectOptions(screen.getByLabelText("How often"), "Every two weeks");
    await user.clear(screen.getByLabelText("How many times"));
    await user.type(screen.getByLabelText("How many times"), "2");
    await user.click(screen.getByRole("button", { name: "Continue" }));
    expect(await screen.findByText("Held for you: 1. Taken already, and left out: 1.")).toBeVisible();
    expect(router.push).not.toHaveBeenCalled();
    expect(screen.getByRole("group", { name: "All dates" })).toHaveFocus();
    expect(screen.getByRole("link", { name: "Choose another time" })).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Go on without them" }));
    await waitFor(() => expect(router.push).toHaveBeenCalledWith("/en/book/5/payment"));
    expect(asked.bodies[0]).toMatchObject({ recurring_frequency: "biweekly", recurring_count: 2 });
  });

  it("survive a login that ends, and are sent after the new one", async () => {
    const asked = answer(
      "post",
      CREATE,
      refusal(401, anError("not_authenticated")),
      aProgress({ next_step: "payment" }),
    );
    answer("post", "/session", { user: aUser() });
    const user = shown("details");
    await screen.findByRole("option", { name: "Kathmandu" });
    await user.click(screen.getByRole("button", { name: "Continue" }));
    await user.type(await screen.findByLabelText("E-mail address"), "maya@example.com");
    await user.type(screen.getByLabelText("Password"), "secret-word");
    await user.click(screen.getByRole("button", { name: "Log in" }));
    await waitFor(() => expect(router.push).toHaveBeenCalledWith("/en/book/5/payment"));
    expect(asked.bodies).toHaveLength(2);
  });

  it("can be left where a login has ended, by a button, or for a new account", async () => {
    answer("post", CREATE, refusal(401, anError("not_authenticated")));
    const user = shown("details");
    await screen.findByRole("option", { name: "Kathmandu" });
    await user.click(screen.getByRole("button", { name: "Continue" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByRole("link", { name: "Create an account" })).toHaveAttribute("href", "/en/register");
    await user.click(dialog.getByRole("button", { name: "Close" }));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(screen.getByLabelText("Address")).toBeVisible();
  });

  it("are forgotten where somebody else logs in, who is led to their own bookings", async () => {
    answer("post", CREATE, refusal(401, anError("not_authenticated")), refusal(404, anError("not_found")));
    answer("post", "/session", { user: aUser({ id: 9 }) });
    const user = shown("details");
    await screen.findByRole("option", { name: "Kathmandu" });
    await user.type(screen.getByLabelText(/What should they know/), "Ring twice");
    await user.click(screen.getByRole("button", { name: "Continue" }));
    await user.type(await screen.findByLabelText("E-mail address"), "hari@example.com");
    await user.type(screen.getByLabelText("Password"), "secret-word");
    await user.click(screen.getByRole("button", { name: "Log in" }));
    await waitFor(() => expect(replaceDocument).toHaveBeenCalledWith("/en/bookings"));
    expect(sessionStorage).toHaveLength(0);
  });
});

describe("payment", () => {
  const payable = aProgress({
    next_step: "payment",
    completed_steps: ["service_selection", "datetime_selection", "details_input"],
  });

  it("has to be chosen", async () => {
    const user = shown("payment", payable);
    await screen.findByRole("radio", { name: /CASH/ });
    await user.click(screen.getByRole("button", { name: "Continue" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Choose how to pay");
  });

  it("offers no method outside its limits", async () => {
    shown("payment", payable);
    expect(await screen.findByText("Only up to Rs 1,000")).toBeVisible();
    expect(screen.getByRole("radio", { name: /KHALTI/ })).toBeDisabled();
  });

  it("is fixed by the server", async () => {
    const asked = answer("post", CREATE, full);
    const user = shown("payment", payable);
    await user.click(await screen.findByRole("radio", { name: /CASH/ }));
    await user.click(screen.getByRole("button", { name: "Continue" }));
    await waitFor(() => expect(router.push).toHaveBeenCalledWith("/en/book/5/confirmation"));
    expect(asked.bodies[0]).toMatchObject({ booking_step: "payment", payment_method: "cash" });
  });
});

describe("confirmation", () => {
  const withMethod = (payment_method: string) => ({ ...full, booking: { ...full.booking, payment_method } });

  it("sends a request that is paid in cash, once", async () => {
    const sent = { ...withMethod("cash"), booking: { ...full.booking, status: "pending" as const } };
    const asked = answer("post", CREATE, sent);
    const user = shown("confirmation", withMethod("cash"));
    await user.dblClick(await screen.findByRole("button", { name: "Send the request" }));
    await waitFor(() => expect(router.replace).toHaveBeenCalledWith("/en/booking/5/result"));
    expect(asked.bodies).toEqual([{ booking_step: "confirmation", booking_id: 5 }]);
  });

  it.each([
    ["khalti", /Pay Rs\s1,500 with Khalti/],
    ["esewa", /Pay Rs\s1,500 with eSewa/],
    ["bank_transfer", "Book and show the bank details"],
  ])("offers with %s: %s", async (method, name: string | RegExp) => {
    shown("confirmation", withMethod(method));
    expect(await screen.findByRole("button", { name })).toBeVisible();
  });

  it("gets a time back whose hold ran out", async () => {
    const over = { ...withMethod("cash"), hold_expires_at: null };
    const asked = answer("post", CREATE, full);
    const user = shown("confirmation", over);
    await user.click(await screen.findByRole("button", { name: "Hold the same time again" }));
    await waitFor(() => expect(asked.bodies).toHaveLength(1));
    expect(asked.bodies[0]).toMatchObject({ booking_step: "datetime_selection", booking_time: "10:00:00" });
  });

  it("says that a hold has run out, while somebody looks at it", async () => {
    shown("confirmation", { ...withMethod("cash"), hold_expires_at: "2020-01-01T00:00:00Z" });
    expect(await screen.findByText("Your time is not held any more")).toBeVisible();
  });

  it("asks for the login before it pays, and pays then", async () => {
    const asked = answer("post", "/api/payments/initiate/", refusal(401, anError("not_authenticated")));
    answer("post", "/session", { user: aUser() });
    const user = shown("confirmation", withMethod("khalti"));
    await user.click(await screen.findByRole("button", { name: /Khalti/ }));
    await user.type(await screen.findByLabelText("E-mail address"), "maya@example.com");
    await user.type(screen.getByLabelText("Password"), "secret-word");
    await user.click(screen.getByRole("button", { name: "Log in" }));
    await waitFor(() => expect(asked.bodies).toHaveLength(2));
  });

  it("offers other times where the time is lost when one pays", async () => {
    const lost = { ...anError("hold_expired"), alternatives: [aSlot("14:00:00")] };
    answer("post", "/api/payments/initiate/", refusal(409, lost));
    const asked = answer("post", CREATE, full);
    const user = shown("confirmation", { ...withMethod("khalti"), wanted_staff: 11 });
    await user.click(await screen.findByRole("button", { name: /Khalti/ }));
    await user.click(await screen.findByRole("button", { name: "Tue 1 December, 14:00" }));
    await waitFor(() => expect(asked.bodies).toHaveLength(1));
    expect(asked.bodies[0]).toMatchObject({ booking_time: "14:00:00", staff: 11 });
  });

  it("counts down while the time is held", async () => {
    const expires = new Date(Date.now() + 600_000).toISOString();
    shown("confirmation", { ...withMethod("cash"), hold_expires_at: expires });
    expect(await screen.findByRole("timer")).toHaveTextContent(/held for you for another (10:00|9:5\d)/);
  });
});
