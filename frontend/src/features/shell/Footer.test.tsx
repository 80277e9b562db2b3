import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";

import { messagesByLocale } from "@/i18n/messages";

import { Footer } from "./Footer";

const offered = vi.hoisted(() => ({ payments: true }));

vi.mock("@/server/flags", () => ({ flags: () => Promise.resolve(offered) }));
vi.mock("next-intl/server", async () => {
  const { createTranslator } = await import("next-intl");
  return {
    getTranslations: (namespace: "common") =>
      Promise.resolve(createTranslator({ locale: "en", messages: messagesByLocale.en, namespace })),
  };
});

describe("the foot of every page", () => {
  it("names the ways to pay", async () => {
    expect(renderToStaticMarkup(await Footer())).toContain("Khalti");
  });

  it("names cash alone where nothing is paid online", async () => {
    offered.payments = false;
    expect(renderToStaticMarkup(await Footer())).toContain("pay in cash when the work is done");
  });
});
