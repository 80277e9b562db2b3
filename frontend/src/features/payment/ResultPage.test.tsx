import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Locale } from "@/i18n/locales";
import { answer, nobody, refusal } from "@/testing/answers";
import { renderIn } from "@/testing/render";
import { aBooking, anError, aPayment, aProgress, aTransfer, aUser } from "@/testing/samples";

import { ResultPage } from "./ResultPage";
import type { Booking } from "./useOutcome";

const BOOKING = "/api/bookings/5/";
const VERIFY = "/api/payments/9/verify/";
const WIZARD = "/api/booking-wizard/5/";

const opened = (locale: Locale = "en") => renderIn(locale, <ResultPage bookingId={5} />);

function shown(changes: Partial<Booking>) {
  answer("get", BOOKING, aBooking({ payment: 9, payment_method: "khalti", ...changes }));
  opened();
}

const titled = (title: string) => screen.findByRole("heading", { level: 1, name: title });
const ways = () =>
  screen
    .getAllByRole("link")
    .map((link) => [link.textContent, link.getAttribute("href")?.replace("/en/", "")]);

const services = ["See all services", "services"];
const seeBooking = ["See the booking", "bookings/5"];
const bookAnew = ["Book anew", "book/new?service=7"];

describe("the result", () => {
  it("is a booking that is paid, with its receipt and its place in the calendar", async () => {
    shown({ status: "confirmed", payment_status: "completed" });
    await titled("Paid and confirmed");
    expect(screen.getByText("Tuesday, 1 December 2026, 10:00")).toBeVisible();
    expect(screen.getByText("SB-5AB")).toBeVisible();
    expect(ways()).toEqual([
      seeBooking,
      ["Receipt", "/api/payments/9/receipt/?language=en"],
      ["Add to my calendar", "/api/bookings/5/calendar.ics"],
      services,
    ]);
  });

  it("is a request that is paid on the spot", async () => {
    shown({ status: "pending", payment_method: "cash", payment: null });
    await titled("Your booking is made");
    expect(ways()).toEqual([seeBooking, ["Add to my calendar", "/api/bookings/5/calendar.ics"], services]);
  });

  it("is that nothing was paid, and how to pay all the same while the time is held", async () => {
    answer("get", WIZARD, aProgress({ hold_expires_at: "2099-12-01T10:00:00+05:45" }));
    shown({ status: "draft", payment_status: "failed" });
    await titled("Nothing was paid");
    expect(ways()).toEqual([
      ["Pay again", "book/5/confirmation"],
      ["Choose another way to pay", "book/5/payment"],
      services,
    ]);
  });

  it("is that the time is not held any more, and how to get it or another one", async () => {
    answer("get", WIZARD, aProgress({ hold_expires_at: null }));
    shown({ status: "draft", payment_status: "failed" });
    await titled("Your time is not held any more");
    expect(ways()).toEqual([
      ["Try the same time again", "book/5/confirmation"],
      ["Choose another time", "book/5/datetime"],
      services,
    ]);
  });

  it.each([
    ["expired", "expired", "Your time is not held any more"],
    ["expired", "refund_pending", "Your money comes back"],
    ["cancelled", "refunded", "Your money has come back"],
  ] as const)(
    "is of one that is %s, with its money %s: “%s”, and the way to a new one",
    async (status, payment_status, title) => {
      shown({ status, payment_status });
      await titled(title);
      expect(ways()).toEqual([bookAnew, seeBooking, services]);
    },
  );

  it.each([
    ["pending", "needs_attention", "Somebody of ours looks at your payment"],
    ["cancelled", "failed", "This booking has ended"],
  ] as const)(
    "is of one that is %s, with its money %s: “%s”, and the booking",
    async (status, payment_status, title) => {
      shown({ status, payment_status });
      await titled(title);
      expect(ways()).toEqual([seeBooking, services]);
    },
  );

  it("is a series, with all its dates, what each costs and when the others are paid", async () => {
    const at = (date: string, available = true) => ({ date, time: "10:00:00", available });
    const occurrences = [at("2026-12-01"), at("2026-12-08"), at("2026-12-15", false)];
    answer("get", WIZARD, aProgress({ occurrences }));
    shown({ status: "confirmed", payment_status: "completed", is_recurring: true, series: 5 });
    await titled("Paid and confirmed");
    expect(await screen.findByText("2 bookings: the total is for each of them")).toBeVisible();
    expect(screen.getByText(/Each later one waits for a payment of its own/)).toBeVisible();
    expect(screen.getAllByRole("listitem").map((item) => item.textContent)).toEqual([
      "Tuesday, 1 December 2026, 10:00",
      "Tuesday, 8 December 2026, 10:00",
    ]);
  });

  it("is told in Nepali too", async () => {
    answer("get", BOOKING, aBooking({ status: "confirmed", payment_status: "completed", payment: 9 }));
    opened("ne");
    expect(await screen.findByText("रु १,५००")).toBeVisible();
  });

  it("comes after a login that ended on the way to the wallet", async () => {
    const paid = aBooking({ status: "confirmed", payment_status: "completed", payment: 9 });
    answer("get", BOOKING, refusal(401, anError("not_authenticated")), paid);
    answer("post", "/session", { user: aUser() });
    opened();
    expect(await screen.findByText("Log in to see your booking")).toBeVisible();
    await userEvent.type(screen.getByLabelText("E-mail address"), "maya@example.com");
    await userEvent.type(screen.getByLabelText("Password"), "secret-word{Enter}");
    await titled("Paid and confirmed");
  });

  it("is unknown for a booking of somebody else's", async () => {
    answer("get", BOOKING, refusal(404, anError("not_found")));
    opened();
    await titled("We don't know this payment");
    expect(screen.getByRole("link", { name: "My bookings" })).toHaveAttribute("href", "/en/bookings");
  });

  it("can be asked for again where the API is away", async () => {
    answer("get", BOOKING, nobody, aBooking({ status: "confirmed", payment_status: "completed" }));
    opened();
    expect(await screen.findByText(/Your booking and your payment are safe/)).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await titled("Paid and confirmed");
  });

  it("says nothing of a hold that it couldn't ask for", async () => {
    answer("get", WIZARD, nobody, aProgress({ hold_expires_at: "2099-12-01T10:00:00+05:45" }));
    shown({ status: "draft", payment_status: "failed" });
    await userEvent.click(await screen.findByRole("button", { name: "Try again" }));
    await titled("Nothing was paid");
  });

  it("keeps what is typed of a transfer while the API is away", async () => {
    const booking = aBooking({
      status: "pending",
      payment_status: "pending",
      payment_method: "bank_transfer",
    });
    const asked = answer("get", BOOKING, booking, nobody);
    answer("post", "/api/payments/initiate/", {
      payment: aPayment({ status: "pending" }),
      action: aTransfer(),
    });
    answer("get", "/api/payments/9/proof/", refusal(404, anError("not_found")));
    opened();
    await userEvent.type(await screen.findByLabelText("The bank's reference"), "NIC-77");
    fireEvent(window, new Event("visibilitychange"));
    await waitFor(() => expect(asked.requests).toHaveLength(2));
    await act(() => Promise.resolve());
    expect(screen.getByLabelText("The bank's reference")).toHaveValue("NIC-77");
  });
});

describe("a payment that isn't decided", () => {
  const PAUSES = [2, 3, 5, 8, 13, 21, 34];
  const undecided = aBooking({ payment: 9, payment_method: "khalti", payment_status: "processing" });
  const paid = aBooking({ payment: 9, status: "confirmed", payment_status: "completed" });

  beforeEach(() => {
    vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ["setTimeout", "clearTimeout"] });
    answer("get", WIZARD, aProgress({ hold_expires_at: "2099-12-01T10:00:00+05:45" }));
  });
  afterEach(() => vi.useRealTimers());

  const pass = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1000));

  it("is asked about by itself until it is", async () => {
    answer("get", BOOKING, undecided, undecided, paid);
    const asked = answer("post", VERIFY, 503, { payment: aPayment(), booking: paid });
    opened();
    await titled("Khalti has not decided yet");
    expect(screen.getByText("We are asking again by ourselves.")).toBeVisible();
    await pass(2);
    await waitFor(() => expect(asked.requests).toHaveLength(1));
    await pass(3);
    await titled("Paid and confirmed");
    expect(asked.requests).toHaveLength(2);
  });

  it.each([
    ["en", "esewa", "eSewa has not decided yet"],
    ["ne", "khalti", "खल्तीले अझै टुंगो लगाएको छैन"],
    ["en", "another", "Your wallet has not decided yet"],
  ] as const)("names its wallet, in %s %s", async (locale, method, title) => {
    answer("get", BOOKING, { ...undecided, payment_method: method });
    answer("post", VERIFY, nobody);
    opened(locale);
    await titled(title);
  });

  it("is asked about with growing pauses, not for ever, and then by a click", async () => {
    answer("get", BOOKING, undecided);
    const asked = answer("post", VERIFY, nobody);
    opened();
    await titled("Khalti has not decided yet");
    for (const [looks, pause] of PAUSES.entries()) {
      await pass(pause);
      await waitFor(() => expect(asked.requests).toHaveLength(looks + 1));
    }
    expect(await screen.findByText(/You can close this page/)).toBeVisible();
    await userEvent.setup({ delay: null }).click(screen.getByRole("button", { name: "Ask now" }));
    expect(screen.getByText("We are asking again by ourselves.")).toBeVisible();
  });
});
