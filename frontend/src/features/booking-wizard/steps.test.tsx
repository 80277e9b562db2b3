import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Locale } from "@/i18n/locales";
import { answer, nobody, refusal } from "@/testing/answers";
import { router } from "@/testing/navigation";
import { renderIn } from "@/testing/render";
import { aList, aMethod, anError, aProgress, aService, aSlot, aUser } from "@/testing/samples";

import { BookingWizard } from "./BookingWizard";
import type { Progress, StepName } from "./model";
import { ServiceStep } from "./ServiceStep";

vi.mock("next/navigation", () => import("@/testing/navigation"));

const CREATE = "/api/booking-wizard/create-step/";
const lost = { ...anError("slot_unavailable"), alternatives: [aSlot("14:00:00")] };

function shown(step: StepName, progress: Progress, locale: Locale = "en") {
  answer("get", "/api/booking-wizard/5/", progress);
  renderIn(locale, <BookingWizard bookingId={5} step={step} today="2026-11-29" />);
}

const click = (name: string | RegExp) => userEvent.click(screen.getByRole("button", { name }));
const factOf = (name: string) => screen.getByText(name, { selector: "dt" }).nextElementSibling;

const payable = aProgress({
  next_step: "payment",
  completed_steps: ["service_selection", "datetime_selection", "details_input"],
  hold_expires_at: "2099-12-01T10:00:00+05:45",
});
const full = aProgress({
  ...payable,
  next_step: "confirmation",
  completed_steps: [...payable.completed_steps, "payment"],
  booking: { payment_method: "cash" },
});

beforeEach(() => {
  vi.clearAllMocks();
  sessionStorage.clear();
  answer("get", "/api/services/7/", aService());
  answer("get", "/api/services/", aList([aService(), aService({ id: 8, title: "Yoga" })]));
  answer("get", "/api/auth/me/", aUser());
  answer("get", "/api/payment-methods/", [aMethod("khalti"), aMethod("cash")]);
  answer("post", "/api/booking-wizard/calculate-price/", aProgress().price);
});

describe("the first choice of a service", () => {
  const first = () => renderIn("en", <ServiceStep />);

  it("says that there are more than it shows, and what each is", async () => {
    answer("get", "/api/services/", aList([aService()], 34));
    first();
    expect(await screen.findByText("1 of 34: type to find others.")).toBeVisible();
    expect(screen.getByText("Sagarmatha Cleaners • 1 h 30 min • Rs 1,500")).toBeVisible();
  });

  it("leads to its days and times", async () => {
    first();
    await userEvent.click(await screen.findByRole("radio", { name: /Yoga/ }));
    await click("Continue");
    expect(router.push).toHaveBeenCalledWith("/en/book/new?service=8");
  });

  it("is missed before anything is sent", async () => {
    first();
    await click("Continue");
    expect(await screen.findByRole("alert")).toHaveTextContent("Choose a service");
  });

  it("is searched for as one types", async () => {
    const asked = answer("get", "/api/services/", aList([aService()]), aList([]));
    first();
    await screen.findByRole("radio");
    await userEvent.type(screen.getByLabelText("Search for a service"), "x");
    expect(await screen.findByText("Nothing was found. Try another word.")).toBeVisible();
    expect(new URL(asked.requests[1]!.url).searchParams.get("search")).toBe("x");
  });

  it("says that the services couldn't be loaded", async () => {
    answer("get", "/api/services/", nobody);
    first();
    expect(await screen.findByText(/The services couldn't be loaded/)).toBeVisible();
  });
});

describe("another service", () => {
  it("that can't be booked any more is told at the choice", async () => {
    answer("post", CREATE, refusal(400, anError("not_bookable", "service", "It can't be booked any more.")));
    shown("service", aProgress());
    await userEvent.click(await screen.findByRole("radio", { name: /Yoga/ }));
    await click("Continue");
    expect(await screen.findByRole("link", { name: "It can't be booked any more." })).toHaveAttribute(
      "href",
      "#service",
    );
  });
});

describe("the details", () => {
  it("have the customer's own phone to begin with", async () => {
    shown("details", aProgress({ booking: { phone: "" } }));
    await waitFor(() => expect(screen.getByLabelText("Phone")).toHaveValue("+9779812345678"));
    await userEvent.clear(screen.getByLabelText("Phone"));
    expect(screen.getByLabelText("Phone")).toHaveValue("");
  });

  it("need a sensible number of bookings in a series", async () => {
    shown("details", aProgress());
    await userEvent.click(await screen.findByRole("checkbox", { name: /regular booking/ }));
    await userEvent.clear(screen.getByLabelText("How many times"));
    await userEvent.type(screen.getByLabelText("How many times"), "99");
    await click("Continue");
    await waitFor(() =>
      expect(screen.getByLabelText("How many times")).toHaveAccessibleDescription(/a number from 2 to 26/),
    );
  });

  it("are sent as they were changed", async () => {
    const asked = answer("post", CREATE, payable);
    shown("details", aProgress({ booking: { address: "", city: "" } }));
    await screen.findByRole("option", { name: "Kathmandu" });
    await userEvent.type(screen.getByLabelText("Address"), "Patan 3");
    await userEvent.selectOptions(screen.getByLabelText("City"), "Kathmandu");
    await userEvent.clear(screen.getByLabelText("Phone"));
    await userEvent.type(screen.getByLabelText("Phone"), "9800000000");
    await click("Continue");
    await waitFor(() => expect(router.push).toHaveBeenCalledWith("/en/book/5/payment"));
    expect(asked.bodies[0]).toMatchObject({ address: "Patan 3", city: "Kathmandu", phone: "9800000000" });
  });
});

describe.each([
  ["details", aProgress(), "Continue"],
  ["payment", { ...payable, booking: { ...payable.booking, payment_method: "cash" } }, "Continue"],
  ["confirmation", full, "Send the request"],
] as const)("a time that is lost on the step %s", (name, progress, button) => {
  it("brings others, one tap each, and stays on the step", async () => {
    const asked = answer("post", CREATE, refusal(409, lost), progress);
    shown(name, progress);
    await screen.findByRole("button", { name: button });
    if (name === "details") await screen.findByRole("option", { name: "Kathmandu" });
    await click(button);
    await userEvent.click(await screen.findByRole("button", { name: "Tue 1 December, 14:00" }));
    await waitFor(() => expect(screen.queryByText("Somebody was quicker")).toBeNull());
    expect(asked.bodies[1]).toMatchObject({ booking_step: "datetime_selection", booking_time: "14:00:00" });
    expect(router.push).not.toHaveBeenCalled();
  });
});

describe("a time that is lost where none is near", () => {
  it("says that another day is to be chosen", async () => {
    answer("post", CREATE, refusal(409, anError("hold_expired")));
    shown("confirmation", full);
    await userEvent.click(await screen.findByRole("button", { name: "Send the request" }));
    expect(await screen.findByText(/none near it is free/)).toBeVisible();
  });
});

describe("the payment step", () => {
  it("tells at the choice what was refused", async () => {
    answer("post", CREATE, refusal(400, anError("method_off", "payment_method", "Not offered any more.")));
    shown("payment", payable);
    await userEvent.click(await screen.findByRole("radio", { name: /CASH/ }));
    await click("Continue");
    await waitFor(() =>
      expect(screen.getByRole("group")).toHaveAccessibleDescription("Not offered any more."),
    );
  });

  it("shows all dates of a series", async () => {
    shown("payment", {
      ...payable,
      occurrences: [{ date: "2026-12-01", time: "10:00:00", available: true }],
    });
    const dates = await screen.findByRole("region", { name: "All dates" });
    expect(within(dates).getByText("All 1 are free and held for you.")).toBeVisible();
  });
});

describe("a series", () => {
  const occurrences = ["2026-12-01", "2026-12-08", "2026-12-15"].map((date) => ({
    date,
    time: "10:00:00",
    available: date !== "2026-12-15",
  }));
  const paidBy = (payment_method: "cash" | "khalti") =>
    shown("confirmation", { ...full, occurrences, booking: { ...full.booking, payment_method } });

  it("says before a method is chosen that the total is for each booking, and when the others are paid", async () => {
    shown("payment", { ...payable, occurrences });
    expect(await screen.findByText("2 bookings: the total is for each of them")).toBeVisible();
    expect(screen.getByText(/Each later one waits for a payment of its own/)).toBeVisible();
    expect(await screen.findByText(/due 2 days before/)).toBeVisible();
    expect(screen.getByText("In cash you pay each one on its day.")).toBeVisible();
    expect(factOf("Total for each of 2 bookings")).toHaveTextContent("Rs 1,500");
  });

  it("says in cash that each is paid on its day, and nothing of payments online", async () => {
    paidBy("cash");
    expect(await screen.findByText("In cash you pay each one on its day.")).toBeVisible();
    expect(screen.queryByText(/payment of its own/)).toBeNull();
  });

  it("says of a wallet that each later one waits for its own payment, and nothing of cash", async () => {
    paidBy("khalti");
    expect(await screen.findByText(/Each later one waits for a payment of its own/)).toBeVisible();
    expect(screen.queryByText(/In cash/)).toBeNull();
  });

  it("is told in Nepali too", async () => {
    shown("payment", { ...payable, occurrences }, "ne");
    expect(await screen.findByText("२ वटा बुकिङ: जम्मा रकम हरेकको हो")).toBeVisible();
    expect(await screen.findByText(/२ दिन अघिसम्म तिर्नुपर्छ/)).toBeVisible();
    expect(screen.getByText(/मंगलबार, ८ डिसेम्बर २०२६ \(२२ मंसिर २०८३\)/)).toBeVisible();
  });
});

describe("what is chosen so far", () => {
  const reduced = { base: "1500.00", discount: "300.00", fee: "24.00", total: "1224.00" };

  it("is shown with its price, piece by piece", async () => {
    const staff_details = { id: 11, full_name: "Sita Gurung" };
    shown("confirmation", { ...full, price: reduced, booking: { ...full.booking, staff_details } });
    await screen.findByRole("heading", { name: "Your booking" });
    expect(factOf("Who comes")).toHaveTextContent("Sita Gurung");
    expect(factOf("Where")).toHaveTextContent("Lazimpat 12, Kathmandu");
    expect(factOf("Discount")).toHaveTextContent("−Rs 300");
    expect(factOf("Fee")).toHaveTextContent("Rs 24");
    expect(factOf("Total")).toHaveTextContent("Rs 1,224");
  });

  it("has its date of the Nepali calendar beside it in Nepali", async () => {
    shown("confirmation", full, "ne");
    expect(await screen.findByText(/२०८३/)).toBeVisible();
  });
});

describe("the clock of the hold", () => {
  const held = (seconds: number) =>
    shown("confirmation", {
      ...full,
      hold_expires_at: new Date(Date.now() + seconds * 1000).toISOString(),
    });

  it.each([
    [299, "Your time is held for 5 more minutes."],
    [59, "Your time is held for 1 more minute."],
  ])("warns %i seconds before the end", async (seconds, words) => {
    held(seconds);
    expect(await screen.findByText(words)).toBeInTheDocument();
  });

  it("says nothing to screen readers before that", async () => {
    held(600);
    await screen.findByRole("timer");
    expect(screen.queryByText(/more minutes/)).toBeNull();
  });
});
