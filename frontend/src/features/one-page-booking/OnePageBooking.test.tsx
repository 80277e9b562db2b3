import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Flags } from "@/server/flags";
import { answer, nobody, refusal } from "@/testing/answers";
import { router } from "@/testing/navigation";
import { without } from "@/testing/offering";
import { renderIn } from "@/testing/render";
import { aBooking, aMethod, anError, aService, aSlot, aUser } from "@/testing/samples";

import { OnePageBooking } from "./OnePageBooking";

vi.mock("next/navigation", () => import("@/testing/navigation"));

const BOOKINGS = "/api/bookings/";
const ADDRESS = "/en/book/new?service=7&date=2026-12-01&time=10%3A00%3A00";
const UNDECIDED = "/en/book/new?service=7";

interface Page {
  off?: (keyof Flags)[];
  address?: string;
  isLoggedIn?: boolean;
  service?: ReturnType<typeof aService> | null;
}

function page({ off = ["slots"], address = ADDRESS, isLoggedIn = true, service = aService() }: Page = {}) {
  window.history.replaceState(null, "", address);
  return without(
    "wizard",
    ...off,
  )(<OnePageBooking service={service} today="2026-11-29" isLoggedIn={isLoggedIn} />);
}

function shown(options?: Page) {
  const rendered = renderIn("en", page(options));
  return { user: userEvent.setup(), ...rendered };
}

const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });

async function fillIn(user: ReturnType<typeof userEvent.setup>, method = "CASH") {
  type("Address", "Lazimpat 12");
  await user.selectOptions(screen.getByLabelText("City"), "Kathmandu");
  await user.click(await screen.findByRole("radio", { name: new RegExp(method) }));
  await waitFor(() => expect(screen.getByLabelText("Phone")).toHaveValue("+9779812345678"));
}

const send = (user: ReturnType<typeof userEvent.setup>, name = "Send the request") =>
  user.click(screen.getByRole("button", { name }));

beforeEach(() => {
  vi.clearAllMocks();
  sessionStorage.clear();
  answer("get", "/api/auth/me/", aUser());
  answer("get", "/api/payment-methods/", [aMethod("khalti"), aMethod("bank_transfer"), aMethod("cash")]);
});

describe("a booking in one page", () => {
  it("is made in one call, and leads to its result", async () => {
    const asked = answer("post", BOOKINGS, aBooking({ status: "pending" }));
    const { user } = shown();
    await fillIn(user);
    expect(screen.getByText(/Your request goes to the provider/)).toBeVisible();
    await send(user);
    await waitFor(() => expect(router.replace).toHaveBeenCalledWith("/en/booking/5/result"));
    expect(asked.bodies).toEqual([
      {
        service: 7,
        booking_date: "2026-12-01",
        booking_time: "10:00:00",
        staff: null,
        preferred_provider_gender: "any",
        address: "Lazimpat 12",
        city: "Kathmandu",
        phone: "+9779812345678",
        special_instructions: "",
        is_recurring: false,
        on_conflict: "fail",
        payment_method: "cash",
      },
    ]);
    expect(sessionStorage.length).toBe(0);
  });

  it("goes on to the payment where a wallet pays", async () => {
    answer("post", BOOKINGS, aBooking({ status: "draft", payment_method: "khalti" }));
    const { user } = shown();
    await fillIn(user, "KHALTI");
    await send(user, "Book and go on to pay");
    await waitFor(() => expect(router.replace).toHaveBeenCalledWith("/en/book/5/confirmation"));
  });

  it("says what a bank transfer means", async () => {
    const { user } = shown();
    await fillIn(user, "BANK_TRANSFER");
    expect(screen.getByText(/Your time is kept for you while you transfer/)).toBeVisible();
    expect(screen.getByRole("button", { name: "Book and show the bank details" })).toBeVisible();
  });

  it("names all that is missing, in the order of the page, before anything is sent", async () => {
    answer("get", "/api/auth/me/", aUser({ phone: "" }));
    const { user } = shown({ address: UNDECIDED });
    await send(user);
    const summary = screen.getByRole("alert");
    expect(summary).toHaveFocus();
    const links = within(summary).getAllByRole("link");
    expect(links.map((link) => link.getAttribute("href"))).toEqual([
      "#time",
      "#address",
      "#city",
      "#phone",
      "#payment_method",
    ]);
    expect(links[1]).toHaveTextContent("Address: Please fill this in");
    expect(screen.getByLabelText("Address")).toHaveAccessibleDescription(/Please fill this in/);
  });

  it("shows what the server refuses at its fields", async () => {
    const errors = [
      { code: "invalid", detail: "No such day.", attr: "booking_date" },
      { code: "invalid", detail: "This isn't a number of Nepal.", attr: "phone" },
    ];
    answer("post", BOOKINGS, refusal(400, { type: "validation_error", errors }));
    const { user } = shown();
    await fillIn(user);
    await send(user);
    const summary = await screen.findByRole("alert");
    expect(summary).toHaveFocus();
    expect(within(summary).getByRole("link", { name: "No such day." })).toHaveAttribute("href", "#time");
    expect(screen.getByLabelText("Phone")).toHaveAccessibleDescription(/This isn't a number of Nepal/);
    expect(screen.getByLabelText("Address")).toHaveValue("Lazimpat 12");
  });

  it("sends a second try with the same key, so that a lost answer books nothing twice", async () => {
    const asked = answer("post", BOOKINGS, nobody, aBooking({ status: "pending" }));
    const { user } = shown();
    await fillIn(user);
    await send(user);
    await screen.findByRole("alert");
    await send(user);
    await waitFor(() => expect(router.replace).toHaveBeenCalled());
    const [first, second] = asked.requests.map(({ headers }) => headers.get("Idempotency-Key"));
    expect(first).toBeTruthy();
    expect(second).toBe(first);
  });

  it("says that it has arrived where an earlier try did, and is another intent from then on", async () => {
    const reused = refusal(422, anError("idempotency_key_reused"));
    const asked = answer("post", BOOKINGS, reused, aBooking({ status: "pending" }));
    const { user } = shown();
    await fillIn(user);
    await send(user);
    expect(await screen.findByText("Your booking has arrived already")).toBeVisible();
    expect(screen.getByRole("link", { name: "My bookings" })).toHaveAttribute("href", "/en/bookings");
    await send(user);
    await waitFor(() => expect(asked.requests).toHaveLength(2));
    const [first, second] = asked.requests.map(({ headers }) => headers.get("Idempotency-Key"));
    expect(second).not.toBe(first);
  });

  it("offers other times for one that is taken, and sends what was chosen", async () => {
    const lost = { ...anError("slot_unavailable"), alternatives: [aSlot("12:00:00")] };
    const asked = answer("post", BOOKINGS, refusal(409, lost), aBooking({ status: "pending" }));
    const { user } = shown();
    await fillIn(user);
    await send(user);
    await user.click(await screen.findByRole("button", { name: "Tue 1 December, 12:00" }));
    expect(screen.getByText("Time chosen: Tue 1 December, 12:00. Now send it.")).toBeVisible();
    expect(screen.getByRole("heading", { name: "When?" })).toHaveFocus();
    expect(screen.getByLabelText("Time")).toHaveValue("12:00");
    await send(user);
    await waitFor(() => expect(asked.bodies.at(-1)).toMatchObject({ booking_time: "12:00:00" }));
  });

  it("goes on after a login that ended in the middle", async () => {
    answer("post", BOOKINGS, refusal(401, anError("not_authenticated")), aBooking({ status: "pending" }));
    answer("post", "/session", { user: aUser() });
    const { user } = shown();
    await fillIn(user);
    await send(user);
    const dialog = await screen.findByRole("dialog");
    await user.type(within(dialog).getByLabelText("E-mail address"), "maya@example.com");
    await user.type(within(dialog).getByLabelText("Password"), "secret-word");
    await user.click(within(dialog).getByRole("button", { name: "Log in" }));
    await waitFor(() => expect(router.replace).toHaveBeenCalledWith("/en/booking/5/result"));
  });
});

describe("what is typed in one page", () => {
  it("survives a reload", async () => {
    const { user, unmount } = shown();
    await fillIn(user);
    unmount();
    shown();
    expect(screen.getByLabelText("Address")).toHaveValue("Lazimpat 12");
    expect(await screen.findByRole("radio", { name: /CASH/ })).toBeChecked();
  });

  it("leaves out a city that another service doesn't serve", async () => {
    const { user, unmount } = shown();
    await fillIn(user);
    unmount();
    shown({ service: aService({ id: 8, city_details: [{ id: 2, name: "Pokhara", slug: "pokhara" }] }) });
    expect(screen.getByLabelText("City")).toHaveValue("");
  });

  it("puts time and wishes into the address", async () => {
    const { user } = shown({ address: UNDECIDED });
    type("Date", "2026-12-01");
    type("Time", "10:00");
    await user.selectOptions(screen.getByLabelText("Who comes"), "Sita Gurung");
    expect(window.location.href).toContain(`${ADDRESS}&staff=11`);
  });
});

describe("a visitor without a login", () => {
  it("is told beforehand, with the ways back to the same choice", () => {
    shown({ isLoggedIn: false });
    expect(screen.getByText("You book with an account")).toBeVisible();
    const next = `next=${encodeURIComponent(ADDRESS)}`;
    expect(screen.getByRole("link", { name: "Log in" })).toHaveAttribute("href", `/en/login?${next}`);
    const register = screen.getByRole("link", { name: "Create an account" });
    expect(register).toHaveAttribute("href", `/en/register?${next}`);
  });

  it("is led to the login with all that was filled in", async () => {
    const { user } = shown({ isLoggedIn: false });
    type("Address", "Lazimpat 12");
    await user.selectOptions(screen.getByLabelText("City"), "Kathmandu");
    type("Phone", "9812345678");
    await user.click(await screen.findByRole("radio", { name: /CASH/ }));
    await send(user, "Log in and book");
    expect(router.push).toHaveBeenCalledWith(`/en/login?next=${encodeURIComponent(ADDRESS)}`);
  });
});

describe("the service of a booking in one page", () => {
  beforeEach(() => {
    const results = [aService(), aService({ id: 8, title: "Yoga" })];
    answer("get", "/api/services/", { count: 2, results });
  });

  it("is searched for where none is chosen, before anything else is asked", async () => {
    const { user } = shown({ service: null });
    await user.click(await screen.findByRole("radio", { name: /Yoga/ }));
    expect(router.push).toHaveBeenCalledWith("/en/book/new?service=8");
    expect(screen.queryByLabelText("Address")).toBeNull();
  });

  it("is changed for another one, or kept", async () => {
    const { user } = shown();
    await user.click(screen.getByRole("button", { name: "Choose another service" }));
    const current = await screen.findByRole("radio", { name: /Deep home cleaning/ });
    expect(current).toBeChecked();
    await user.click(screen.getByRole("radio", { name: /Yoga/ }));
    expect(router.push).toHaveBeenCalledWith("/en/book/new?service=8");
  });
});

describe("other flags, in one page", () => {
  it("free times are chosen among where they are shown", async () => {
    answer("get", "/api/booking-slots/available-dates/", [{ date: "2026-12-01", available_slots: 2 }]);
    answer("get", "/api/booking-slots/available-slots/", [aSlot("10:00:00"), aSlot("12:00:00")]);
    shown({ off: [] });
    expect(await screen.findByRole("radio", { name: "10:00" })).toBeChecked();
  });

  it("without payments the booking is a request in cash, and nothing is to choose", async () => {
    const asked = answer("post", BOOKINGS, aBooking({ status: "pending" }));
    const { user } = shown({ off: ["slots", "payments"] });
    expect(screen.getByText("Nothing is paid online here at the moment")).toBeVisible();
    expect(screen.queryByRole("radio")).toBeNull();
    type("Address", "Lazimpat 12");
    await user.selectOptions(screen.getByLabelText("City"), "Kathmandu");
    await waitFor(() => expect(screen.getByLabelText("Phone")).toHaveValue("+9779812345678"));
    await send(user);
    await waitFor(() => expect(asked.bodies[0]).toMatchObject({ payment_method: "cash" }));
  });
});
