import { screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { BookingPage } from "@/features/bookings";
import { answer } from "@/testing/answers";
import { without } from "@/testing/offering";
import { renderIn } from "@/testing/render";
import { aBooking, aMethod, aPayment, aProgress } from "@/testing/samples";

import { MethodChoice } from "./MethodChoice";
import { PayNow } from "./PayNow";
import { ResultPage } from "./ResultPage";

vi.mock("next/navigation", () => import("@/testing/navigation"));

const ONLY_CASH = "Nothing is paid online here at the moment";
const choice = { id: "method", serviceId: 7, chosen: null, onChoose: () => undefined };

beforeEach(() => {
  answer("get", "/api/payment-methods/", [
    aMethod("khalti", { processing_fee_percentage: "2.50" }),
    aMethod("bank_transfer", { processing_fee_percentage: "0.00" }),
    aMethod("cash"),
  ]);
});

describe("without payments", () => {
  const off = without("payments");
  const price = { base: "1500.00", discount: "0.00", fee: "0.00", total: "1500.00" };

  it("only cash is offered", async () => {
    answer("post", "/api/booking-wizard/calculate-price/", price);
    renderIn("en", off(<MethodChoice {...choice} />));
    expect(await screen.findByRole("radio", { name: /CASH/ })).toBeEnabled();
    expect(screen.getAllByRole("radio")).toHaveLength(1);
    expect(screen.getByText(ONLY_CASH)).toBeVisible();
  });

  it("paying later says that it isn't offered", () => {
    renderIn("en", off(<MethodChoice {...choice} onlyOnline />));
    expect(screen.getByText(ONLY_CASH)).toBeVisible();
    expect(screen.queryByRole("radio")).toBeNull();
  });

  it("a wallet that was chosen before can't be paid with", () => {
    renderIn("en", off(<PayNow bookingId={5} method="khalti" total="1500.00" />));
    expect(screen.getByText(ONLY_CASH)).toBeVisible();
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("the result of a booking is a request", async () => {
    answer("get", "/api/bookings/5/", aBooking({ status: "pending", payment_method: "cash" }));
    renderIn("en", off(<ResultPage bookingId={5} />));
    expect(await screen.findByRole("heading", { name: "Your request is sent" })).toBeVisible();
    expect(screen.getByText(/nothing is paid online/)).toBeVisible();
  });

  it("a request that was accepted is a booking", async () => {
    answer("get", "/api/bookings/5/", aBooking({ status: "confirmed", payment_method: "cash" }));
    renderIn("en", off(<ResultPage bookingId={5} />));
    expect(await screen.findByRole("heading", { name: "Your booking is made" })).toBeVisible();
  });

  it("a transfer that waits says why it has no bank details", async () => {
    answer("get", "/api/bookings/5/", aBooking({ status: "pending", payment_method: "bank_transfer" }));
    renderIn("en", off(<ResultPage bookingId={5} />));
    expect(await screen.findByText(/The bank details can't be shown/)).toBeVisible();
  });

  it("a payment that failed is not tried again, but another way to pay is chosen", async () => {
    answer("get", "/api/bookings/5/", aBooking({ payment_status: "failed", payment_method: "khalti" }));
    answer("get", "/api/booking-wizard/5/", aProgress({ hold_expires_at: "2099-01-01T00:00:00+05:45" }));
    renderIn("en", off(<ResultPage bookingId={5} />));
    expect(await screen.findByRole("link", { name: "Choose another way to pay" })).toBeVisible();
    expect(screen.queryByRole("link", { name: "Pay again" })).toBeNull();
  });

  it("a booking offers no way to pay, even where its API would", async () => {
    answer("get", "/api/bookings/5/", aBooking({ status: "confirmed", allowed_actions: ["pay", "cancel"] }));
    answer("get", "/api/bookings/5/history/", []);
    answer("get", "/api/payments/", { count: 1, results: [aPayment()] });
    renderIn("en", off(<BookingPage bookingId={5} today="2026-11-29" />));
    expect(await screen.findByRole("button", { name: "Cancel" })).toBeVisible();
    expect(screen.queryByRole("link", { name: "Pay" })).toBeNull();
  });
});

describe("without the wizard", () => {
  const off = without("wizard");

  it("fees are said in percent, since nobody reckons totals beforehand", async () => {
    renderIn("en", off(<MethodChoice {...choice} />));
    expect(await screen.findByRole("radio", { name: /with 2.5% fee/ })).toBeEnabled();
    expect(screen.getAllByRole("radio", { name: /no fee/ })).toHaveLength(2);
  });

  it("a payment that failed is tried again without asking how long the time is held", async () => {
    answer("get", "/api/bookings/5/", aBooking({ payment_status: "failed", payment_method: "khalti" }));
    renderIn("en", off(<ResultPage bookingId={5} />));
    expect(await screen.findByRole("heading", { name: "Nothing was paid" })).toBeVisible();
    expect(screen.getByRole("link", { name: "Pay again" })).toHaveAttribute(
      "href",
      "/en/book/5/confirmation",
    );
    expect(screen.queryByRole("link", { name: "Choose another way to pay" })).toBeNull();
  });
});
