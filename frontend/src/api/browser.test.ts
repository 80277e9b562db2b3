import { afterEach, describe, expect, it } from "vitest";

import { answer, nobody, refusal } from "@/testing/answers";
import { aList, anError, aUser } from "@/testing/samples";

import { answerOf, api } from "./browser";
import { ApiError, fieldErrors } from "./errors";
import { logIn } from "./session";

const cities = () => answerOf(api.GET("/api/cities/"));

afterEach(() => document.documentElement.removeAttribute("lang"));

describe("a call of the browser's", () => {
  it("asks in the page's language", async () => {
    document.documentElement.lang = "ne";
    const asked = answer("get", "/api/cities/", aList([]));
    await cities();
    expect(asked.requests[0]?.headers.get("accept-language")).toBe("ne");
  });

  it("asks for a login in the page's language", async () => {
    document.documentElement.lang = "ne";
    const asked = answer("post", "/session", { user: aUser() });
    await logIn({ email: "a@example.com", password: "x" });
    expect(asked.requests[0]?.headers.get("accept-language")).toBe("ne");
  });

  it("throws what the API refused, with its wait", async () => {
    answer("get", "/api/cities/", refusal(429, anError("throttled"), { "Retry-After": "30" }));
    await expect(cities()).rejects.toMatchObject({ status: 429, code: "throttled", retryAfter: 30 });
  });

  it("throws where nobody answers", async () => {
    answer("get", "/api/cities/", nobody);
    await expect(cities()).rejects.toMatchObject({ status: 0, isUnreachable: true });
  });

  it("sorts errors by their fields", () => {
    const error = new ApiError(400, [...anError("a", "phone").errors, ...anError("b").errors]);
    expect(fieldErrors(error)).toEqual({ phone: ["detail of a"], "": ["detail of b"] });
  });
});
