import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";

import { answer, nobody, refusal } from "@/testing/answers";
import { renderIn } from "@/testing/render";
import { aBooking, anError, aPayment, aTransfer } from "@/testing/samples";

import { BankTransfer } from "./BankTransfer";
import type { Proof } from "./send-proof";

const INITIATE = "/api/payments/initiate/";
const PROOF = "/api/payments/9/proof/";

const initiated = {
  payment: aPayment({ payment_method: "bank_transfer", status: "pending" }),
  action: aTransfer(),
};
const proof: Proof = {
  id: 1,
  payment: 9,
  reference: "NIC-77",
  slip: null,
  created_at: "2026-11-29T10:00:00+05:45",
};

const factOf = (name: string) => screen.getByText(name, { selector: "dt" }).nextElementSibling;
const send = () => userEvent.click(screen.getByRole("button", { name: "Send" }));

function shown() {
  const booking = aBooking({ status: "pending", respond_by: "2026-12-01T10:00:00+05:45" });
  renderIn("en", <BankTransfer booking={booking} />);
}

beforeEach(() => {
  sessionStorage.clear();
  answer("post", INITIATE, initiated);
  answer("get", PROOF, refusal(404, anError("not_found")));
});

describe("a bank transfer", () => {
  it("says where to send how much until when, and under which name", async () => {
    shown();
    await screen.findByRole("heading", { name: "Bank transfer" });
    expect(factOf("Bank")).toHaveTextContent("NIC Asia, Thamel");
    expect(factOf("Account number")).toHaveTextContent("0123456789");
    expect(factOf("Amount")).toHaveTextContent("Rs 1,500");
    expect(factOf("Write as remark")).toHaveTextContent("SB-5AB");
    expect(factOf("Until")).toHaveTextContent("Tuesday, 1 December 2026, 10:00");
  });

  it("is asked for again with the same key where nobody answered", async () => {
    const asked = answer("post", INITIATE, nobody, initiated);
    shown();
    await userEvent.click(await screen.findByRole("button", { name: "Try again" }));
    await screen.findByRole("heading", { name: "Bank transfer" });
    const [first, second] = asked.requests.map((request) => request.headers.get("idempotency-key"));
    expect(first).toBeTruthy();
    expect(second).toBe(first);
  });

  it("says which proof it has already", async () => {
    answer("get", PROOF, proof);
    shown();
    expect(await screen.findByText(/Reference NIC-77/)).toBeVisible();
    expect(screen.queryByLabelText("The bank's reference")).toBeNull();
  });
});

describe("the proof of a transfer", () => {
  const typed = async (reference: string) => {
    shown();
    await userEvent.type(await screen.findByLabelText("The bank's reference"), reference);
  };
  const choose = (name: string, type: string, size = 10) =>
    userEvent
      .setup({ applyAccept: false })
      .upload(screen.getByLabelText(/Picture of the slip/), new File(["x".repeat(size)], name, { type }));

  it("is sent with its slip", async () => {
    const asked = answer("post", PROOF, Response.json(proof, { status: 201 }));
    await typed(" NIC-77 ");
    await choose("slip.png", "image/png");
    await send();
    expect(await screen.findByText("Thank you, we have it")).toBeVisible();
    expect(asked.bodies[0]).toMatch(/name="reference"\s+NIC-77\s/);
    expect(asked.bodies[0]).toContain('name="slip"');
  });

  it("names the chosen file in words of the page, not of the browser", async () => {
    await typed("NIC-77");
    expect(screen.getByText("No file chosen")).toBeVisible();
    await choose("slip.png", "image/png");
    expect(screen.getByText("slip.png")).toBeVisible();
    expect(screen.queryByText("No file chosen")).toBeNull();
  });

  it("is sent once, however often it is clicked", async () => {
    const asked = answer("post", PROOF, Response.json(proof, { status: 201 }));
    await typed("NIC-77");
    await userEvent.dblClick(screen.getByRole("button", { name: "Send" }));
    await screen.findByText("Thank you, we have it");
    expect(asked.bodies).toHaveLength(1);
  });

  it("needs the bank's reference", async () => {
    shown();
    await screen.findByLabelText("The bank's reference");
    await send();
    expect(await screen.findByRole("alert")).toHaveTextContent("Enter the bank's reference");
  });

  it.each([
    ["page.html", "text/html", 10, "Choose a JPEG, PNG, WebP or PDF file"],
    ["slip.png", "image/png", 5 * 1024 * 1024 + 1, "The file is larger than 5 MB"],
  ])("takes no %s of type %s with %i bytes", async (name, type, size, words) => {
    await typed("NIC-77");
    await choose(name, type, size);
    await send();
    expect(await screen.findByRole("link", { name: words })).toHaveAttribute("href", "#slip");
  });

  it.each([
    ["in the API's words", refusal(400, anError("invalid_slip", "slip", "No picture.")), "No picture."],
    ["with the wait", refusal(429, anError("throttled"), { "Retry-After": "90" }), "wait 90 seconds"],
    ["where no API answers for the API", new Response("<html>", { status: 502 }), "can't be reached"],
    ["where the answer makes no sense", new Response("<html>", { status: 201 }), "Something went wrong"],
    ["where nobody answers", Response.error(), "can't be reached"],
  ])("says %s why it was refused, and keeps what was typed", async (_, refused, words) => {
    answer("post", PROOF, refused);
    await typed("NIC-77");
    await send();
    await waitFor(() => expect(screen.getByRole("alert")).toHaveTextContent(words));
    expect(screen.getByLabelText("The bank's reference")).toHaveValue("NIC-77");
  });
});
