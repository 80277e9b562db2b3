import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { answer, nobody, refusal } from "@/testing/answers";
import { renderIn } from "@/testing/render";
import { aBooking, aMethod, anError, aPayment, aTransfer } from "@/testing/samples";

import { PayPage } from "./PayPage";

vi.mock("next/navigation", () => import("@/testing/navigation"));

const BOOKING = "/api/bookings/5/";

const shown = () => renderIn("en", <PayPage bookingId={5} />);

beforeEach(() => sessionStorage.clear());

describe("paying for a booking that is made", () => {
  it("offers what is paid at once, and the button of what is chosen", async () => {
    answer("get", BOOKING, aBooking({ status: "confirmed", payment_method: "cash" }));
    answer("get", "/api/payment-methods/", [aMethod("khalti"), aMethod("esewa"), aMethod("cash")]);
    answer("post", "/api/booking-wizard/calculate-price/", {
      base: "1500.00",
      discount: "0.00",
      fee: "0.00",
      total: "1500.00",
    });
    shown();
    expect(await screen.findByRole("radio", { name: /KHALTI/ })).toBeVisible();
    expect(screen.queryByRole("radio", { name: /CASH/ })).toBeNull();
    await userEvent.click(screen.getByRole("radio", { name: /ESEWA/ }));
    expect(screen.getByRole("button", { name: /Pay Rs\s1,500 with eSewa/ })).toBeVisible();
  });

  it("tells who isn't its customer that it isn't there", async () => {
    answer("get", BOOKING, refusal(404, anError("not_found")));
    shown();
    expect(await screen.findByText(/it belongs to another account/)).toBeVisible();
  });

  it("keeps what is typed of a transfer while the API is away", async () => {
    const asked = answer(
      "get",
      BOOKING,
      aBooking({ status: "pending", payment_method: "bank_transfer" }),
      nobody,
    );
    answer("post", "/api/payments/initiate/", {
      payment: aPayment({ status: "pending" }),
      action: aTransfer(),
    });
    answer("get", "/api/payments/9/proof/", refusal(404, anError("not_found")));
    shown();
    await userEvent.type(await screen.findByLabelText("The bank's reference"), "NIC-77");
    fireEvent(window, new Event("visibilitychange"));
    await waitFor(() => expect(asked.requests.length).toBeGreaterThan(1));
    expect(screen.getByLabelText("The bank's reference")).toHaveValue("NIC-77");
  });
});
