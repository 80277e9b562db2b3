import { describe, expect, it } from "vitest";

import { asciiDigits } from "./details";
import { choiceInAddress, draftAddress, newBookingAddress } from "./new-booking-address";

const chosen = { date: "2026-12-01", time: "10:00:00" };
const wish = { staff: 11, gender: "female" } as const;
const read = (address: string) =>
  choiceInAddress(Object.fromEntries(new URL(address, "http://site.test").searchParams));

describe("a choice in the address", () => {
  it("comes back as it was chosen", () => {
    expect(read(newBookingAddress("en", 7, chosen, wish))).toEqual({ chosen, wish, goOn: false });
  });

  it("is taken at once by the draft that it was made for", () => {
    expect(read(draftAddress("en", 5, chosen, wish))).toEqual({ chosen, wish, goOn: true });
  });

  it("counts as none where it has no form", () => {
    expect(choiceInAddress({ date: "tomorrow", time: "10", staff: "x", gender: "y" })).toEqual({
      chosen: null,
      wish: { staff: null, gender: "any" },
      goOn: false,
    });
  });
});

describe("a pasted number", () => {
  it("is read without marks, and in Devanagari too", () => {
    expect(asciiDigits("+977 ९८१२-345678")).toBe("9779812345678");
  });
});
