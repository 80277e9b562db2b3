import "@testing-library/jest-dom/vitest";

import { cleanup, configure } from "@testing-library/react";
import { afterAll, afterEach, beforeAll } from "vitest";

import { network } from "./network";

// A busy machine takes its time.
configure({ asyncUtilTimeout: 5_000 });

beforeAll(() => network.listen({ onUnhandledRequest: "error" }));
afterEach(() => {
  network.resetHandlers();
  cleanup();
});
afterAll(() => network.close());

// jsdom scrolls nothing.
if (typeof Element !== "undefined") Element.prototype.scrollIntoView = () => undefined;

// jsdom draws no dialogs.
if (typeof HTMLDialogElement !== "undefined") {
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
  };
}
