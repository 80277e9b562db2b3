import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";

import { ApiError } from "@/api/errors";
import { messagesByLocale } from "@/i18n/messages";

import { calmly, calmMetadata } from "./calmly";

vi.mock("next-intl/server", async () => {
  const { createTranslator } = await import("next-intl");
  return {
    getLocale: () => Promise.resolve("en"),
    getTranslations: (namespace: "trouble") =>
      Promise.resolve(createTranslator({ locale: "en", messages: messagesByLocale.en, namespace })),
  };
});

interface Element {
  type: (props: unknown) => Promise<React.ReactElement>;
  props: unknown;
}

async function shown(error: Error): Promise<string> {
  const page = calmly(() => Promise.reject(error));
  const { type, props } = (await page({})) as unknown as Element;
  return renderToStaticMarkup(await type(props));
}

describe("a page that can't ask the API", () => {
  it("is loaded again after the API's own wait, without scripts", async () => {
    const html = await shown(new ApiError(429, [], null, 30));
    expect(html).toContain('<meta http-equiv="refresh" content="30"/>');
    expect(html).toContain("Please wait 30 seconds");
  });

  it("says that the API is away", async () => {
    const html = await shown(new ApiError(0, []));
    expect(html).toContain('content="5"');
    expect(html).toContain("be reached at the moment");
  });

  it("leaves other failures to the page for those", async () => {
    await expect(shown(new Error("not found"))).rejects.toThrow("not found");
  });

  it("is kept out of search engines meanwhile", async () => {
    const metadata = calmMetadata(() => Promise.reject(new ApiError(503, [])));
    expect(await metadata()).toEqual({ robots: { index: false } });
  });
});
