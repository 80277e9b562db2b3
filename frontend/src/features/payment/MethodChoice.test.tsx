import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { answer, nobody } from "@/testing/answers";
import { renderIn } from "@/testing/render";
import { aMethod } from "@/testing/samples";

import { MethodChoice } from "./MethodChoice";

const METHODS = "/api/payment-methods/";
const PRICE = "/api/booking-wizard/calculate-price/";

function shown() {
  const onChoose = vi.fn();
  renderIn("en", <MethodChoice id="method" serviceId={7} chosen={null} onChoose={onChoose} />);
  return onChoose;
}

beforeEach(() => {
  answer("post", PRICE, { base: "1500.00", discount: "0.00", fee: "30.00", total: "1530.00" });
});

describe("a way to pay", () => {
  it("says its fee and the total before it is chosen", async () => {
    answer("get", METHODS, [aMethod("khalti", { description: "Wallet and banks" })]);
    const onChoose = shown();
    expect(await screen.findByText("with Rs 30 fee")).toBeVisible();
    expect(screen.getByText("Rs 1,530")).toBeVisible();
    expect(screen.getByText("Wallet and banks")).toBeVisible();
    await userEvent.click(screen.getByRole("radio"));
    expect(onChoose).toHaveBeenCalledWith("khalti");
  });

  it("says that it costs no fee", async () => {
    answer("post", PRICE, { base: "1500.00", discount: "0.00", fee: "0.00", total: "1500.00" });
    answer("get", METHODS, [aMethod("cash")]);
    shown();
    expect(await screen.findByText("no fee")).toBeVisible();
  });

  it("can't be chosen for less than it takes", async () => {
    answer("get", METHODS, [aMethod("khalti", { min_amount: "2000.00" })]);
    shown();
    expect(await screen.findByText("Only from Rs 2,000 on")).toBeVisible();
    expect(screen.getByRole("radio")).toBeDisabled();
  });

  it("can be chosen while its total isn't known yet", async () => {
    answer("post", PRICE, nobody);
    answer("get", METHODS, [aMethod("khalti", { min_amount: "2000.00" })]);
    shown();
    expect(await screen.findByText("…")).toBeVisible();
    expect(screen.getByRole("radio")).toBeEnabled();
  });

  it("can be asked for again where the API is away", async () => {
    answer("get", METHODS, nobody, [aMethod("cash")]);
    shown();
    await userEvent.click(await screen.findByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("radio", { name: /CASH/ })).toBeVisible();
  });
});
