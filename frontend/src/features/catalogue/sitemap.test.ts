import { describe, expect, it } from "vitest";

import { answer } from "@/testing/answers";
import { aList, aService } from "@/testing/samples";

import { addressesOf, publicPaths } from "./sitemap";

describe("the sitemap", () => {
  it("names every service, over all pages of the list, and each provider once", async () => {
    const first = [aService({ slug: "a", provider: 3 }), aService({ slug: "b", provider: 3 })];
    const next = "http://127.0.0.1:8000/api/services/?page=2";
    answer(
      "get",
      "/api/services/",
      { ...aList(first, 3), next },
      aList([aService({ slug: "c", provider: 4 })], 3),
    );
    expect(await publicPaths()).toEqual([
      "",
      "/services",
      "/services/a",
      "/services/b",
      "/services/c",
      "/providers/3",
      "/providers/4",
    ]);
  });

  it("names a page's address in each language", () => {
    expect(addressesOf("/services", "https://site.test")).toEqual({
      en: "https://site.test/en/services",
      ne: "https://site.test/ne/services",
    });
  });
});
