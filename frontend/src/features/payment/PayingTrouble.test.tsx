import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";

import { answer, nobody, refusal } from "@/testing/answers";
import { router } from "@/testing/navigation";
import { renderIn } from "@/testing/render";
import { anError, aUser } from "@/testing/samples";
import { replaceDocument } from "@/ui/open-document";

import * as widget from "./khalti-widget";
import { KhaltiPayment } from "./KhaltiPayment";
import { sendAway } from "./send-away";

vi.mock("next/navigation", () => import("@/testing/navigation"));
vi.mock("@/ui/open-document");
vi.mock("./send-away", () => ({ sendAway: vi.fn() }));
vi.mock("./khalti-widget", () => ({
  isSandbox: true,
  widgetKey: "test_public_key",
  loadWidget: vi.fn(),
  payInWidget: vi.fn(),
}));

const INITIATE = "/api/payments/initiate/";
const VERIFY = "/api/payments/process-khalti-payment/";
const ended = () => refusal(401, anError("not_authenticated"));

function shown() {
  renderIn("en", <KhaltiPayment bookingId={5} total="1530.50" />);
  return userEvent.setup();
}

async function logInAgain(user: ReturnType<typeof userEvent.setup>): Promise<void> {
  answer("post", "/session", { user: aUser() });
  await user.type(await screen.findByLabelText("E-mail address"), "maya@example.com");
  await user.type(screen.getByLabelText("Password"), "secret-word");
  await user.click(screen.getByRole("button", { name: "Log in" }));
}

const pay = () => screen.getByRole("button", { name: /with Khalti/ });
const payInWidget = () => screen.getByRole("button", { name: "Pay in a window on this page" });

beforeEach(() => {
  vi.clearAllMocks();
  sessionStorage.clear();
  vi.mocked(widget.payInWidget).mockResolvedValue({ token: "t", amount: 153050 });
});

it("a login that has ended is renewed on the spot, and the payment goes on", async () => {
  const asked = answer("post", INITIATE, ended(), refusal(409, anError("already_paid")));
  const user = shown();
  await user.click(pay());
  await logInAgain(user);
  await waitFor(() => expect(router.push).toHaveBeenCalledWith("/en/booking/5/result"));
  expect(asked.bodies).toHaveLength(2);
  expect(sendAway).not.toHaveBeenCalled();
});

it("who logs in as somebody else is led to their own bookings", async () => {
  answer("post", INITIATE, ended(), refusal(404, anError("not_found")));
  const user = shown();
  await user.click(pay());
  await logInAgain(user);
  await waitFor(() => expect(replaceDocument).toHaveBeenCalledWith("/en/bookings"));
});

it("a token outlives a login that has ended: nobody pays twice", async () => {
  const asked = answer("post", VERIFY, ended(), 200);
  const user = shown();
  await user.click(payInWidget());
  await logInAgain(user);
  await waitFor(() => expect(router.push).toHaveBeenCalledWith("/en/booking/5/result"));
  expect(asked.bodies).toHaveLength(2);
  expect(widget.payInWidget).toHaveBeenCalledTimes(1);
});

it("a token outlives an answer that was lost", async () => {
  const asked = answer("post", VERIFY, nobody, 200);
  const user = shown();
  await user.click(payInWidget());
  await screen.findByRole("alert");
  await user.click(payInWidget());
  await waitFor(() => expect(router.push).toHaveBeenCalledWith("/en/booking/5/result"));
  expect(asked.bodies).toHaveLength(2);
  expect(widget.payInWidget).toHaveBeenCalledTimes(1);
});

it("a token that was refused is not sent again", async () => {
  answer("post", VERIFY, refusal(409, anError("amount_mismatch")));
  const user = shown();
  await user.click(payInWidget());
  await screen.findByRole("alert");
  await user.click(payInWidget());
  await waitFor(() => expect(widget.payInWidget).toHaveBeenCalledTimes(2));
});

it("a payment that goes wrong in the widget is told apart from a widget that doesn't come", async () => {
  vi.mocked(widget.payInWidget).mockRejectedValueOnce(new Error("failed"));
  await shown().click(payInWidget());
  expect(await screen.findByText("The payment in Khalti's window didn't work")).toBeVisible();
});
