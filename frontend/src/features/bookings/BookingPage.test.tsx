import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { components } from "@/api/schema";
import type { Locale } from "@/i18n/locales";
import { answer, refusal } from "@/testing/answers";
import { router } from "@/testing/navigation";
import { renderIn } from "@/testing/render";
import { aBooking, aList, anError, aPayment, aReview, aService, aSlot } from "@/testing/samples";

import { BookingPage } from "./BookingPage";
import type { Booking } from "./queries";
import { ReviewPage } from "./ReviewPage";

vi.mock("next/navigation", () => import("@/testing/navigation"));

const CANCEL = "/api/bookings/5/cancel/";
const RESCHEDULE = "/api/bookings/5/reschedule/";

type Preview = components["schemas"]["CancellationPreview"];

const click = (name: string) => userEvent.click(screen.getByRole("button", { name }));
const factOf = (name: string) => screen.getByText(name, { selector: "dt" }).nextElementSibling;

beforeEach(() => {
  vi.clearAllMocks();
  answer("get", "/api/bookings/5/history/", []);
  answer("get", "/api/payments/", aList([]));
});

async function shown(changes: Partial<Booking> = {}, locale: Locale = "en") {
  answer("get", "/api/bookings/5/", aBooking({ status: "confirmed", ...changes }));
  renderIn(locale, <BookingPage bookingId={5} today="2026-11-29" />);
  await screen.findByRole("heading", { level: 1, name: "Deep home cleaning" });
}

describe("a booking", () => {
  it("says how it stands, when, where and with whom", async () => {
    await shown({
      staff_details: { id: 11, full_name: "Sita Gurung" },
      special_instructions: "Ring twice",
      service_details: {
        ...aBooking().service_details,
        provider: { id: 3, full_name: "Sagarmatha Cleaners", phone: "+9779800000000" },
      },
    });
    expect(screen.getByRole("status")).toHaveTextContent("Confirmed");
    expect(factOf("When")).toHaveTextContent("Tuesday, 1 December 2026, 10:00");
    expect(factOf("Takes")).toHaveTextContent("1 h 30 min");
    expect(factOf("Where")).toHaveTextContent("Lazimpat 12, Kathmandu");
    expect(factOf("Who comes")).toHaveTextContent("Sita Gurung");
    expect(factOf("Your note")).toHaveTextContent("Ring twice");
    expect(screen.getByRole("link", { name: "+9779800000000" })).toHaveAttribute(
      "href",
      "tel:+9779800000000",
    );
  });

  it("names the fee in its total", async () => {
    await shown({ fee: "30.00", total_amount: "1530.00" });
    expect(factOf("Total")).toHaveTextContent("Rs 1,530 (with Rs 30 fee)");
  });

  it.each(["cancellation_reason", "rejection_reason"])("tells its %s", async (field) => {
    await shown({ status: "cancelled", [field]: "Nobody is free" });
    expect(factOf("Reason")).toHaveTextContent("Nobody is free");
  });

  it("has the dates of the Nepali calendar beside its own in Nepali", async () => {
    answer("get", "/api/bookings/5/", aBooking({ status: "confirmed" }));
    const event = { actor: null, actor_details: null, from_status: "draft", reason: "" };
    answer("get", "/api/bookings/5/history/", [
      { ...event, to_status: "pending", at: "2026-11-28T10:00:00+05:45" },
    ]);
    answer("get", "/api/payments/", aList([aPayment()]));
    renderIn("ne", <BookingPage bookingId={5} today="2026-11-29" />);
    expect(await screen.findByText(/१ डिसेम्बर २०२६ \(१५ मंसिर २०८३\)/)).toBeVisible();
    expect(await screen.findByText(/२८ नोभेम्बर २०२६ \(१२ मंसिर २०८३\), १०:००/)).toBeVisible();
    expect(await screen.findByText(/२८ नोभेम्बर २०२६ \(१२ मंसिर २०८३\), १०:०५/)).toBeVisible();
  });

  it("that is somebody else's isn't there", async () => {
    answer("get", "/api/bookings/5/", refusal(404, anError("not_found")));
    renderIn("en", <BookingPage bookingId={5} today="2026-11-29" />);
    expect(await screen.findByText(/it belongs to another account/)).toBeVisible();
  });

  it("tells what happened to it, and who did it", async () => {
    const event = { actor: 2, from_status: "draft", reason: "", at: "2026-11-28T10:00:00+05:45" };
    answer("get", "/api/bookings/5/history/", [
      { ...event, to_status: "pending", actor_details: { id: 2, full_name: "Maya Rai" } },
      { ...event, to_status: "expired", actor: null, actor_details: null, reason: "Not paid in time" },
    ]);
    await shown();
    await screen.findByRole("heading", { name: "What happened" });
    const events = screen.getAllByRole("listitem").map((item) => item.textContent);
    expect(events[0]).toMatch(/Waiting for an answer28 November 2026, 10:00 • Maya Rai/);
    expect(events[1]).toMatch(/Expired.*• SewaBazaar$/);
  });

  it("lists its payments, with a receipt for what was paid", async () => {
    const failed = aPayment({ id: 8, payment_method: "esewa", status: "failed", paid_at: null });
    answer("get", "/api/payments/", aList([failed, aPayment()]));
    await shown();
    expect(await screen.findByText(/Rs 1,500 • eSewa/)).toHaveTextContent("Not paid");
    expect(screen.getByText(/Rs 1,500 • Khalti/)).toHaveTextContent("Paid");
    expect(screen.getAllByRole("link", { name: "Receipt" }).map((link) => link.getAttribute("href"))).toEqual(
      ["/api/payments/9/receipt/?language=en"],
    );
  });

  it("says that nothing was paid yet", async () => {
    await shown();
    expect(await screen.findByText("Nothing was paid yet.")).toBeVisible();
  });
});

describe("what can be done with a booking", () => {
  it("is what the API allows, and the calendar", async () => {
    await shown({ allowed_actions: ["pay", "review"] });
    expect(screen.getByRole("link", { name: "Pay now" })).toHaveAttribute("href", "/en/bookings/5/pay");
    expect(screen.getByRole("link", { name: "Write a review" })).toHaveAttribute(
      "href",
      "/en/bookings/5/review",
    );
    expect(screen.getByRole("link", { name: "Add to my calendar" })).toHaveAttribute(
      "href",
      "/api/bookings/5/calendar.ics",
    );
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("is to go on with a draft that has no time", async () => {
    await shown({ status: "draft", starts_at: null, booking_date: null, estimated_duration: null });
    expect(screen.getByRole("link", { name: "Go on with it" })).toHaveAttribute(
      "href",
      "/en/book/5/confirmation",
    );
    expect(screen.queryByRole("link", { name: "Add to my calendar" })).toBeNull();
  });
});

describe("cancelling", () => {
  const opened = async (preview: Partial<Preview> | number = {}, changes: Partial<Booking> = {}) => {
    const free = { cancellable: true, refund: "1500.00", fee: "0.00", free_until: null };
    const said = typeof preview === "number" ? preview : { ...free, ...preview };
    const asked = answer("get", "/api/bookings/5/cancellation-preview/", said);
    await shown({ allowed_actions: ["cancel"], ...changes });
    await click("Cancel");
    return asked;
  };

  it("shows first what goes back, and what is kept", async () => {
    const asked = answer("post", CANCEL, aBooking({ status: "cancelled" }));
    await opened({ refund: "1200.00", fee: "300.00" });
    expect(await screen.findByText("Rs 1,200 go back to you.")).toBeVisible();
    expect(screen.getByText("Rs 300 are kept for the late cancellation.")).toBeVisible();
    await userEvent.type(screen.getByLabelText("Why do you cancel?"), "Ill");
    await click("Cancel the booking");
    await waitFor(() => expect(asked.bodies).toEqual([{ reason: "Ill", scope: "one" }]));
    await waitFor(() => expect(screen.queryByLabelText("Why do you cancel?")).toBeNull());
  });

  it("says until when it is free", async () => {
    await opened({ free_until: "2026-11-30T10:00:00+05:45" });
    expect(await screen.findByText("Free until Monday, 30 November 2026, 10:00.")).toBeVisible();
  });

  it("says that nothing was paid", async () => {
    await opened({ refund: "0.00" });
    expect(await screen.findByText("Nothing goes back: nothing was paid.")).toBeVisible();
  });

  it("doesn't say so where all that was paid is kept", async () => {
    await opened({ refund: "0.00", fee: "1500.00" });
    expect(await screen.findByText("Rs 1,500 are kept for the late cancellation.")).toBeVisible();
    expect(screen.queryByText(/nothing was paid/)).toBeNull();
  });

  it("says that it doesn't know what goes back", async () => {
    await opened(500);
    expect(await screen.findByText(/What goes back couldn't be worked out/)).toBeVisible();
  });

  it("needs a reason", async () => {
    await opened();
    await click("Cancel the booking");
    expect(await screen.findByRole("alert")).toHaveTextContent("Say in a few words why");
    expect(screen.getByLabelText("Why do you cancel?")).toBeInvalid();
  });

  it("can take all later bookings of a series along", async () => {
    const asked = answer("post", CANCEL, aBooking({ status: "cancelled" }));
    const previews = await opened({}, { series: 1 });
    await userEvent.click(screen.getByRole("checkbox", { name: "This one and all later ones" }));
    await userEvent.type(screen.getByLabelText("Why do you cancel?"), "Moving");
    await click("Cancel the booking");
    await waitFor(() => expect(asked.bodies).toEqual([{ reason: "Moving", scope: "following" }]));
    expect(previews.requests.map(({ url }) => new URL(url).searchParams.get("scope"))).toContain("following");
  });

  it("says why it was refused, and keeps what was typed", async () => {
    answer("post", CANCEL, refusal(409, anError("not_cancellable")));
    await opened();
    await userEvent.type(screen.getByLabelText("Why do you cancel?"), "Ill");
    await click("Cancel the booking");
    expect(await screen.findByRole("alert")).toHaveTextContent("can't be cancelled any more");
    expect(screen.getByLabelText("Why do you cancel?")).toHaveValue("Ill");
  });

  it("can be left", async () => {
    await opened();
    await click("Keep it");
    expect(screen.queryByLabelText("Why do you cancel?")).toBeNull();
  });
});

describe("another time", () => {
  const opened = async (changes: Partial<Booking> = {}) => {
    answer("get", "/api/services/7/", aService());
    answer("get", "/api/booking-slots/available-dates/", [{ date: "2026-12-01", available_slots: 2 }]);
    answer("get", "/api/booking-slots/available-slots/", [aSlot("10:00:00"), aSlot("12:00:00")]);
    await shown({ allowed_actions: ["reschedule"], ...changes });
    await click("Choose another time");
    await screen.findByRole("radio", { name: "12:00" });
  };

  it("is missed before anything is sent", async () => {
    await opened();
    await click("Move the booking");
    expect(await screen.findByRole("alert")).toHaveTextContent("Choose a time");
  });

  it("moves this booking, or all later ones of its series too", async () => {
    const asked = answer("post", RESCHEDULE, aBooking());
    await opened({ series: 1 });
    await userEvent.click(screen.getByRole("radio", { name: "12:00" }));
    await userEvent.click(screen.getByRole("checkbox", { name: "This one and all later ones" }));
    await click("Move the booking");
    await waitFor(() => expect(screen.queryByRole("radio")).toBeNull());
    expect(asked.bodies).toEqual([
      { booking_date: "2026-12-01", booking_time: "12:00:00", scope: "following" },
    ]);
  });

  it("that is taken meanwhile brings others, one tap each", async () => {
    const lost = { ...anError("slot_unavailable"), alternatives: [aSlot("14:00:00")] };
    const asked = answer("post", RESCHEDULE, refusal(409, lost), aBooking());
    await opened();
    await userEvent.click(screen.getByRole("radio", { name: "12:00" }));
    await click("Move the booking");
    await userEvent.click(await screen.findByRole("button", { name: "Tue 1 December, 14:00" }));
    await waitFor(() => expect(asked.bodies[1]).toMatchObject({ booking_time: "14:00:00" }));
  });

  it("says why it was refused, and can be left", async () => {
    answer("post", RESCHEDULE, refusal(409, anError("not_reschedulable")));
    await opened();
    await userEvent.click(screen.getByRole("radio", { name: "12:00" }));
    await click("Move the booking");
    expect(await screen.findByRole("alert")).toHaveTextContent("can't be moved any more");
    await click("Keep the time");
    expect(screen.queryByRole("radio")).toBeNull();
  });
});

describe("a review", () => {
  const REVIEW = "/api/bookings/5/review/";

  it("needs stars, and may have words", async () => {
    const asked = answer("post", REVIEW, aReview());
    renderIn("en", <ReviewPage bookingId={5} />);
    await click("Send the review");
    expect(await screen.findByRole("alert")).toHaveTextContent("Choose how many stars");
    await userEvent.click(within(screen.getByRole("group")).getByRole("radio", { name: /Good/ }));
    await userEvent.type(screen.getByLabelText(/What should others know/), "Spotless");
    await click("Send the review");
    await waitFor(() => expect(router.push).toHaveBeenCalledWith("/en/bookings/5"));
    expect(asked.bodies).toEqual([{ rating: 4, comment: "Spotless" }]);
  });

  it("says why it was refused", async () => {
    answer("post", REVIEW, refusal(409, anError("invalid_transition")));
    renderIn("en", <ReviewPage bookingId={5} />);
    await userEvent.click(screen.getByRole("radio", { name: /Excellent/ }));
    await click("Send the review");
    expect(await screen.findByRole("alert")).toHaveTextContent("not possible any more");
  });
});
