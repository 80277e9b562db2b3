import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { answer, refusal } from "@/testing/answers";
import { renderIn } from "@/testing/render";
import { anError, aPayment } from "@/testing/samples";
import { openDocument } from "@/ui/open-document";

import { PayNow } from "./PayNow";

vi.mock("next/navigation", () => import("@/testing/navigation"));
vi.mock("@/ui/open-document");

const INITIATE = "/api/payments/initiate/";
const payment = aPayment({ status: "pending" });

const shown = (method: string) => renderIn("en", <PayNow bookingId={5} method={method} total="1500.00" />);
const pay = (wallet: string) =>
  userEvent.click(screen.getByRole("button", { name: new RegExp(`Pay Rs\\s1,500 with ${wallet}`) }));

beforeEach(() => {
  vi.clearAllMocks();
  sessionStorage.clear();
});

describe("the way to the wallet", () => {
  it("is Khalti's page", async () => {
    const url = "https://pay.khalti.test/1";
    answer("post", INITIATE, { payment, action: { type: "redirect", url, expires_at: null } });
    shown("khalti");
    await pay("Khalti");
    await waitFor(() => expect(openDocument).toHaveBeenCalledWith(url));
  });

  it("is eSewa's signed form, posted by the browser", async () => {
    const url = "https://esewa.test/form";
    const posted = vi.spyOn(HTMLFormElement.prototype, "submit").mockImplementation(function (
      this: HTMLFormElement,
    ) {
      expect(this).toHaveAttribute("action", url);
      expect(this.method).toBe("post");
      expect(Object.fromEntries(new FormData(this))).toEqual({ total_amount: "1500", signature: "s=" });
    });
    const fields = { total_amount: "1500", signature: "s=" };
    answer("post", INITIATE, { payment, action: { type: "form_post", url, fields } });
    shown("esewa");
    await pay("eSewa");
    await waitFor(() => expect(posted).toHaveBeenCalledOnce());
  });

  it("is ConnectIPS's signed form too", async () => {
    const posted = vi.spyOn(HTMLFormElement.prototype, "submit").mockImplementation(() => undefined);
    const url = "https://connectips.test/login";
    answer("post", INITIATE, { payment, action: { type: "form_post", url, fields: { TXNID: "SB-1" } } });
    shown("connectips");
    await pay("ConnectIPS");
    await waitFor(() => expect(posted).toHaveBeenCalledOnce());
  });

  it("can be taken again by who comes back with Back", async () => {
    vi.spyOn(HTMLFormElement.prototype, "submit").mockImplementation(() => undefined);
    answer("post", INITIATE, {
      payment,
      action: { type: "form_post", url: "https://esewa.test", fields: {} },
    });
    shown("esewa");
    await pay("eSewa");
    expect(screen.getByText(/You are being taken to eSewa/)).toBeVisible();
    fireEvent(window, Object.assign(new Event("pageshow"), { persisted: true }));
    expect(screen.queryByText(/You are being taken to eSewa/)).toBeNull();
  });

  it("says why there is none", async () => {
    answer("post", INITIATE, refusal(409, anError("hold_expired")));
    shown("esewa");
    await pay("eSewa");
    expect(await screen.findByRole("alert")).toHaveTextContent("the hold ran out");
  });

  it.each([
    ["khalti", "खल्ती"],
    ["esewa", "इसेवा"],
  ])("calls %s by its Nepali name in Nepali", (method, name) => {
    renderIn("ne", <PayNow bookingId={5} method={method} total="1500.00" />);
    expect(screen.getByRole("button", { name: new RegExp(`${name} बाट`) })).toBeVisible();
  });

  it("is none for what isn't paid online", () => {
    const { container } = shown("cash");
    expect(container).toBeEmptyDOMElement();
  });
});
