import { describe, expect, it } from "vitest";

import { categoryName, cityCalled, cityName } from "./names";

describe("names of the API's", () => {
  it("are Nepali in Nepali", () => {
    expect(categoryName({ slug: "cleaning", name: "Cleaning" }, "ne")).toBe("सरसफाइ");
    expect(cityName({ slug: "kathmandu", name: "Kathmandu" }, "ne")).toBe("काठमाडौं");
    expect(cityCalled("Kathmandu", "ne")).toBe("काठमाडौं");
  });

  it("stay as they are in English", () => {
    expect(categoryName({ slug: "cleaning", name: "House cleaning" }, "en")).toBe("House cleaning");
    expect(cityCalled("Kathmandu", "en")).toBe("Kathmandu");
  });

  it("stay as they are where we have no word", () => {
    expect(categoryName({ slug: "constructor", name: "Builders" }, "ne")).toBe("Builders");
    expect(cityCalled("Ilam", "ne")).toBe("Ilam");
  });
});
