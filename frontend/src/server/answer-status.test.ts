import { AsyncLocalStorage } from "node:async_hooks";
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";

import { afterEach, describe, expect, it } from "vitest";

import { answerLater } from "./answer-status";

const anAnswer = () => new ServerResponse(new IncomingMessage(new Socket()));

afterEach(() => {
  globalThis.siteAnswers = undefined;
});

describe("a page that waits", () => {
  it("has the status of its reason, and says when to ask again", () => {
    globalThis.siteAnswers = new AsyncLocalStorage();
    const [asked, other] = [anAnswer(), anAnswer()];
    globalThis.siteAnswers.run(asked, () => answerLater(503, 5));
    expect([asked.statusCode, asked.getHeader("Retry-After")]).toEqual([503, "5"]);
    expect(other.statusCode).toBe(200);
  });

  it("is shown all the same where no server says which answer it is part of", () => {
    expect(() => answerLater(429, 30)).not.toThrow();
  });
});
