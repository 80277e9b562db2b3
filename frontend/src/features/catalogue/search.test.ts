import { describe, expect, it } from "vitest";

import { isNarrowed, searchAddress, searchInAddress } from "./search";

describe("a search in the address", () => {
  it("is read as it was written", () => {
    const search = {
      search: "yoga",
      category: "yoga-fitness",
      city: "kathmandu",
      ordering: "price",
    } as const;
    const address = searchAddress("en", search, { page: 3 });
    const query = Object.fromEntries(new URL(address, "http://site.test").searchParams);
    expect(searchInAddress(query)).toMatchObject({ ...search, page: 3 });
  });

  it("begins at the first page again where something changes", () => {
    expect(searchAddress("en", { search: "yoga", page: 3 }, { city: "patan" })).toBe(
      "/en/services?search=yoga&city=patan",
    );
  });

  it("leaves out what makes no sense", () => {
    const query = { page: "0", min_price: "cheap", city: "a/b", ordering: "colour", search: ["a", "b"] };
    const found = searchInAddress(query);
    expect(Object.values(found).every((value) => value === undefined)).toBe(true);
  });

  it("has no query where nothing is asked for", () => {
    expect(searchAddress("ne", {})).toBe("/ne/services");
  });

  it("is narrowed by anything but its order", () => {
    expect([isNarrowed({ ordering: "price" }), isNarrowed({ max_price: "500" })]).toEqual([false, true]);
  });
});
