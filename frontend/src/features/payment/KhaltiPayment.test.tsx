import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { components } from "@/api/schema";
import { answer, nobody, refusal } from "@/testing/answers";
import { router } from "@/testing/navigation";
import { renderIn } from "@/testing/render";
import { aBooking, anError, aPayment } from "@/testing/samples";

import * as widget from "./khalti-widget";
import { KhaltiPayment } from "./KhaltiPayment";
import { sendAway } from "./send-away";

vi.mock("next/navigation", () => import("@/testing/navigation"));
vi.mock("./send-away", () => ({ sendAway: vi.fn() }));
vi.mock("./khalti-widget", () => ({
  isSandbox: true,
  widgetKey: "test_public_key",
  loadWidget: vi.fn(),
  payInWidget: vi.fn(),
}));

const initiated: components["schemas"]["InitiatedPayment"] = {
  payment: aPayment({ status: "pending" }),
  action: { type: "redirect", url: "https://pay.khalti.test/1", expires_at: null },
};

function shown() {
  renderIn("en", <KhaltiPayment bookingId={5} total="1530.50" />);
  return userEvent.setup();
}

const payButton = () => screen.getByRole("button", { name: /Pay Rs\s1,530.50 with Khalti/ });
const widgetButton = () => screen.getByRole("button", { name: "Pay in a window on this page" });

beforeEach(() => {
  vi.clearAllMocks();
  sessionStorage.clear();
});

describe("paying on Khalti's page", () => {
  it("sends the browser there", async () => {
    const asked = answer("post", "/api/payments/initiate/", initiated);
    await shown().click(payButton());
    await waitFor(() => expect(sendAway).toHaveBeenCalledWith(initiated.action));
    expect(asked.bodies).toEqual([{ booking_id: 5, payment_method: "khalti" }]);
  });

  it("opens one attempt, however often it is clicked", async () => {
    const asked = answer("post", "/api/payments/initiate/", initiated);
    await shown().dblClick(payButton());
    await waitFor(() => expect(sendAway).toHaveBeenCalled());
    expect(asked.bodies).toHaveLength(1);
  });

  it("tries again with the same key after an answer that was lost", async () => {
    const asked = answer("post", "/api/payments/initiate/", nobody, initiated);
    const user = shown();
    await user.click(payButton());
    expect(await screen.findByRole("alert")).toHaveTextContent("can't be reached");
    await user.click(payButton());
    await waitFor(() => expect(sendAway).toHaveBeenCalled());
    const keys = asked.requests.map((request) => request.headers.get("idempotency-key"));
    expect(keys[0]).toBeTruthy();
    expect(keys[1]).toBe(keys[0]);
  });

  it.each(["already_paid", "payment_in_progress"])("leads to the result where it is %s", async (code) => {
    answer("post", "/api/payments/initiate/", refusal(409, anError(code)));
    await shown().click(payButton());
    await waitFor(() => expect(router.push).toHaveBeenCalledWith("/en/booking/5/result"));
  });

  it("says that Khalti is away", async () => {
    answer("post", "/api/payments/initiate/", refusal(503, anError("gateway_unavailable")));
    await shown().click(payButton());
    expect(await screen.findByRole("alert")).toHaveTextContent("choose another way to pay");
  });

  it("says that a sandbox moves no money", () => {
    shown();
    expect(screen.getByText("This is a test: no real money is moved.")).toBeVisible();
  });
});

describe("paying in Khalti's widget", () => {
  it("has the server verify its token, and leads to the result", async () => {
    vi.mocked(widget.payInWidget).mockResolvedValue({ token: "t", amount: 153050 });
    const settled = { payment: aPayment(), booking: aBooking({ status: "confirmed" }) };
    const asked = answer("post", "/api/payments/process-khalti-payment/", settled);
    await shown().click(widgetButton());
    await waitFor(() => expect(router.push).toHaveBeenCalledWith("/en/booking/5/result"));
    expect(asked.bodies).toEqual([{ booking_id: 5, token: "t", amount: 153050 }]);
    expect(widget.payInWidget).toHaveBeenCalledWith({ bookingId: 5, paisa: 153050 });
  });

  it("says that its script was blocked, and leaves the payment page", async () => {
    vi.mocked(widget.loadWidget).mockRejectedValueOnce(new Error("blocked"));
    await shown().click(widgetButton());
    expect(await screen.findByText("Khalti's window couldn't be opened")).toBeVisible();
    expect(payButton()).not.toHaveAttribute("aria-disabled");
  });

  it("changes nothing where it is closed", async () => {
    vi.mocked(widget.payInWidget).mockResolvedValue(null);
    await shown().click(widgetButton());
    await waitFor(() => expect(widgetButton()).not.toHaveAttribute("aria-disabled"));
    expect(router.push).not.toHaveBeenCalled();
  });

  it("says why the server refused its token", async () => {
    vi.mocked(widget.payInWidget).mockResolvedValue({ token: "t", amount: 1 });
    answer("post", "/api/payments/process-khalti-payment/", refusal(409, anError("amount_mismatch")));
    await shown().click(widgetButton());
    expect(await screen.findByRole("alert")).toHaveTextContent("The amount has changed");
  });
});
