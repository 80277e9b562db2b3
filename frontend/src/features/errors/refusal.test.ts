// @vitest-environment node
import { afterEach, describe, expect, it, vi } from "vitest";

import { ApiError } from "@/api/errors";
import { anError } from "@/testing/samples";

import { summaryOf } from "./useRefusal";

const words = {
  ofCode: (code: string) => (["unavailable", "offline", "known"].includes(code) ? `words for ${code}` : null),
  wait: (seconds: number) => `wait ${seconds}`,
  unknown: "unknown",
};
const summary = (error: unknown) => summaryOf(error, (attr) => (attr === "phone" ? attr : undefined), words);

const browserIs = (connection: "online" | "offline") =>
  vi.stubGlobal("navigator", { onLine: connection === "online" });

afterEach(() => vi.unstubAllGlobals());

describe("what was refused", () => {
  it("is told in the site's own words where it has some", () => {
    expect(summary(new ApiError(409, anError("known").errors))).toEqual([{ text: "words for known" }]);
  });

  it("is told in the API's words else, at its field", () => {
    const errors = [
      ...anError("odd", "phone", "Not in use.").errors,
      ...anError("odd", "token", "Old.").errors,
    ];
    expect(summary(new ApiError(400, errors))).toEqual([
      { field: "phone", text: "Not in use." },
      { field: undefined, text: "Old." },
    ]);
  });

  it("says how long to wait", () => {
    expect(summary(new ApiError(429, anError("throttled").errors, null, 30))).toEqual([{ text: "wait 30" }]);
  });

  it.each([0, 502, 503])("says that nobody answers, by status %i", (status) => {
    browserIs("online");
    expect(summary(new ApiError(status, []))).toEqual([{ text: "words for unavailable" }]);
  });

  it("says that it is the visitor's own connection, where the browser knows", () => {
    browserIs("offline");
    expect(summary(new ApiError(0, []))).toEqual([{ text: "words for offline" }]);
    expect(summary(new ApiError(503, []))).toEqual([{ text: "words for unavailable" }]);
  });

  it("tells a wallet that is away from an API that is", () => {
    const error = new ApiError(503, anError("gateway_unavailable", null, "Khalti is away.").errors);
    expect(summary(error)).toEqual([{ text: "Khalti is away." }]);
  });

  it.each([
    ["without a word", new ApiError(500, [])],
    ["with an empty sentence", new ApiError(400, anError("odd", null, "").errors)],
    ["by a mistake of the page's", new TypeError("x is not a function")],
  ])("is owned up to where it was %s", (_, error) => {
    expect(summary(error)).toMatchObject([{ text: "unknown" }]);
  });
});
