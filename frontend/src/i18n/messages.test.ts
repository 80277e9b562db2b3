import { describe, expect, it } from "vitest";

import { messagesByLocale } from "./messages";

function leaves(value: unknown, path = ""): Record<string, string> {
  if (typeof value === "string") return { [path]: value };
  return Object.assign(
    {},
    ...Object.entries(value ?? {}).map(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key)),
  );
}

function placeholders(message: string): string[] {
  return [...message.matchAll(/\{\s*(\w+)/g)].map(([, name = ""]) => name).sort();
}

const english = leaves(messagesByLocale.en);
const nepali = leaves(messagesByLocale.ne);

describe("the words of the site", () => {
  it("exist in both languages", () => {
    expect(Object.keys(nepali).sort()).toEqual(Object.keys(english).sort());
  });

  it("name the same facts in both languages", () => {
    for (const [key, message] of Object.entries(english)) {
      expect([...new Set(placeholders(nepali[key] ?? ""))], key).toEqual([...new Set(placeholders(message))]);
    }
  });

  it("leave numbers to src/format, since browsers can't write Nepali ones", () => {
    for (const [key, message] of Object.entries({ ...english, ...nepali })) {
      expect(message, key).not.toMatch(/#|, (number|date|time)\b/);
    }
  });

  it("are in Nepali where they are in Nepali", () => {
    const kept = ["common.brand", "common.english"];
    for (const [key, message] of Object.entries(nepali)) {
      if (kept.includes(key)) continue;
      expect(message.replace(/\{[^}]*\}/g, ""), key).toMatch(/[\u0900-\u097f]|^[^A-Za-z]*$/);
    }
  });
});
