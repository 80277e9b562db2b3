import { describe, expect, it } from "vitest";

import { aBooking, aMethod } from "@/testing/samples";

import { inPaisa, outsideLimits } from "./methods";
import { outcomeOf } from "./outcome";
import { wrongSlip } from "./slip";

const NOW = Date.parse("2026-12-01T10:00:00Z");
const LATER = "2026-12-01T10:05:00Z";
const EARLIER = "2026-12-01T09:55:00Z";

describe("what is true of a payment", () => {
  it.each([
    ["confirmed", "completed", "khalti", null, "paid"],
    ["confirmed", "pending", "cash", null, "requested"],
    ["confirmed", "partially_refunded", "khalti", null, "paid"],
    ["confirmed", "processing", "cash", null, "deciding"],
    ["confirmed", "failed", "cash", null, "unpaid"],
    ["pending", "pending", "cash", null, "requested"],
    ["pending", "pending", "bank_transfer", null, "transfer"],
    ["pending", "failed", "bank_transfer", null, "transfer"],
    ["draft", "processing", "khalti", EARLIER, "deciding"],
    ["draft", "failed", "khalti", LATER, "failed"],
    ["draft", "failed", "khalti", EARLIER, "expired"],
    ["draft", "pending", "khalti", null, "failed"],
    ["expired", "expired", "khalti", null, "expired"],
    ["expired", "refund_pending", "khalti", null, "goingBack"],
    ["cancelled", "refund_pending", "khalti", null, "refunding"],
    ["cancelled", "refunded", "khalti", null, "returned"],
    ["cancelled", "partially_refunded", "khalti", null, "partlyReturned"],
    ["draft", "needs_attention", "khalti", null, "doubtful"],
    ["cancelled", "pending", "cash", null, "over"],
  ] as const)(
    "%s, %s, with %s and held until %s: %s",
    (status, payment_status, payment_method, hold, outcome) => {
      expect(outcomeOf(aBooking({ status, payment_status, payment_method }), hold, NOW)).toBe(outcome);
    },
  );
});

describe("amounts", () => {
  it("are compared in paisa, never as floats", () => {
    expect([inPaisa("1530.50"), inPaisa("0.1"), inPaisa("7")]).toEqual([153050, 10, 700]);
  });

  it("are held against a method's limits", () => {
    const method = aMethod("khalti", { min_amount: "10.00", max_amount: "1000.00" });
    expect(["9.99", "10.00", "1000.01"].map((total) => outsideLimits(method, total))).toEqual([
      "least",
      null,
      "most",
    ]);
  });
});

describe("a slip", () => {
  it("is a picture or a PDF, and not too large", () => {
    expect(wrongSlip({ type: "image/png", size: 10 })).toBeNull();
    expect(wrongSlip({ type: "text/html", size: 10 })).toBe("slipType");
    expect(wrongSlip({ type: "image/png", size: 6 * 1024 * 1024 })).toBe("slipSize");
  });
});
