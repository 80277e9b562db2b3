import { fireEvent } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

type Widget = typeof import("./khalti-widget");
type Checkout = NonNullable<Window["KhaltiCheckout"]>;
type Options = ConstructorParameters<Checkout>[0];

const ADDRESS = "http://khalti.test/widget.js";

/** What the widget was made with, and for how much it was shown. */
const made: { options?: Options; amount?: number } = {};

class StandIn {
  constructor(options: Options) {
    made.options = options;
  }
  show({ amount }: { amount: number }) {
    made.amount = amount;
  }
}

let widget: Widget;
const scripts = () => [...document.head.querySelectorAll("script")];

beforeEach(async () => {
  // The script is loaded once for each document; each test is one.
  vi.resetModules();
  widget = await import("./khalti-widget");
});
afterEach(() => {
  delete window.KhaltiCheckout;
  for (const script of scripts()) script.remove();
  vi.useRealTimers();
});

describe("the widget's script", () => {
  it("is loaded once", async () => {
    const both = Promise.all([widget.loadWidget(ADDRESS), widget.loadWidget(ADDRESS)]);
    expect(scripts().map(({ src }) => src)).toEqual([ADDRESS]);
    window.KhaltiCheckout = StandIn;
    fireEvent.load(scripts()[0]!);
    await both;
    await widget.loadWidget(ADDRESS);
    expect(scripts()).toHaveLength(1);
  });

  it("can be tried again after it was blocked", async () => {
    const loading = widget.loadWidget(ADDRESS);
    fireEvent.error(scripts()[0]!);
    await expect(loading).rejects.toThrow("could not be loaded");
    void widget.loadWidget(ADDRESS);
    expect(scripts()).toHaveLength(1);
  });

  it("is of no use without the widget in it", async () => {
    const loading = widget.loadWidget(ADDRESS);
    fireEvent.load(scripts()[0]!);
    await expect(loading).rejects.toThrow("did not bring the widget");
  });

  it("isn't waited for longer than ten seconds", async () => {
    vi.useFakeTimers();
    const loading = widget.loadWidget(ADDRESS);
    vi.advanceTimersByTime(10_000);
    await expect(loading).rejects.toThrow("took too long");
    expect(scripts()).toHaveLength(0);
  });
});

describe("the widget", () => {
  const opened = () => {
    window.KhaltiCheckout = StandIn;
    return widget.payInWidget({ bookingId: 5, paisa: 153050 });
  };

  it("is shown for a booking and its price, and hands over what was confirmed", async () => {
    const paying = opened();
    expect(made).toMatchObject({ options: { productIdentity: "5" }, amount: 153050 });
    made.options?.eventHandler.onSuccess({ token: "t", amount: 153050 });
    expect(await paying).toEqual({ token: "t", amount: 153050 });
  });

  it("hands over nothing where it is closed", async () => {
    const paying = opened();
    made.options?.eventHandler.onClose();
    expect(await paying).toBeNull();
  });

  it("fails aloud", async () => {
    const paying = opened();
    made.options?.eventHandler.onError({});
    await expect(paying).rejects.toThrow("the widget failed");
  });

  it("can't be shown before its script has come", async () => {
    await expect(widget.payInWidget({ bookingId: 5, paisa: 1 })).rejects.toThrow("not loaded");
  });
});
