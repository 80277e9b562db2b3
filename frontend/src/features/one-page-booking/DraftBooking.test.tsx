import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { answer, refusal } from "@/testing/answers";
import { router } from "@/testing/navigation";
import { without } from "@/testing/offering";
import { renderIn } from "@/testing/render";
import { aBooking, anError, aUser } from "@/testing/samples";

import { DraftBooking } from "./DraftBooking";

vi.mock("next/navigation", () => import("@/testing/navigation"));

const BOOKING = "/api/bookings/5/";

function shown(...off: "payments"[]) {
  renderIn("en", without("wizard", ...off)(<DraftBooking bookingId={5} />));
}

beforeEach(() => vi.clearAllMocks());

describe("a draft without the wizard", () => {
  it("that waits for its wallet is paid", async () => {
    answer("get", BOOKING, aBooking({ payment_method: "esewa", total_amount: "1530.00" }));
    shown();
    expect(await screen.findByRole("heading", { name: "One thing is left: pay" })).toBeVisible();
    expect(screen.getByText("Tuesday, 1 December 2026, 10:00")).toBeVisible();
    expect(screen.getByRole("button", { name: /Pay Rs.1,530 with eSewa/ })).toBeVisible();
  });

  it("of the wizard's can't be finished, and is booked anew", async () => {
    answer("get", BOOKING, aBooking({ booking_date: null, booking_time: null }));
    shown();
    expect(await screen.findByText(/Booking step by step is switched off/)).toBeVisible();
    const anew = screen.getByRole("link", { name: "Book anew" });
    expect(anew).toHaveAttribute("href", "/en/book/new?service=7");
  });

  it("that waits for a wallet offers none without payments", async () => {
    answer("get", BOOKING, aBooking({ payment_method: "khalti" }));
    shown("payments");
    expect(await screen.findByText("Nothing is paid online here at the moment")).toBeVisible();
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("that is made already leads to its result", async () => {
    answer("get", BOOKING, aBooking({ status: "confirmed" }));
    shown();
    await waitFor(() => expect(router.replace).toHaveBeenCalledWith("/en/booking/5/result"));
  });

  it("asks for the login where there is none", async () => {
    answer(
      "get",
      BOOKING,
      refusal(401, anError("not_authenticated")),
      aBooking({ payment_method: "khalti" }),
    );
    answer("post", "/session", { user: aUser() });
    shown();
    await userEvent.type(await screen.findByLabelText("E-mail address"), "maya@example.com");
    await userEvent.type(screen.getByLabelText("Password"), "secret-word");
    await userEvent.click(screen.getByRole("button", { name: "Log in" }));
    expect(await screen.findByRole("heading", { name: "One thing is left: pay" })).toBeVisible();
  });
});
