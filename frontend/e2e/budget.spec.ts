import { gzipSync } from "node:zlib";

import type { Page, Response } from "@playwright/test";

import { expect, test, toPayment } from "./site";

const KIB = 1024;
const CATALOGUE = 145 * KIB;
const WITH_FORMS = 190 * KIB;

/** Returns how many bytes of JavaScript a page brings along, each file compressed. */
async function scriptBytes(load: () => Promise<unknown>, page: Page): Promise<number> {
  const bodies: Promise<Buffer>[] = [];
  const note = (response: Response) => {
    if (response.request().resourceType() === "script") bodies.push(response.body());
  };
  page.on("response", note);
  await load();
  await page.waitForLoadState("networkidle");
  page.off("response", note);
  const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body).length);
  return sizes.reduce((sum, size) => sum + size, 0);
}

for (const path of ["/en", "/en/services", "/en/services/physiotherapy-at-home", "/ne/services"]) {
  test(`${path} brings at most 145 KiB of JavaScript`, async ({ page }) => {
    expect(await scriptBytes(() => page.goto(path), page)).toBeLessThanOrEqual(CATALOGUE);
  });
}

for (const path of ["/en/login", "/en/register", "/en/book/new?service=1"]) {
  test(`${path} brings at most 190 KiB of JavaScript`, async ({ page }) => {
    expect(await scriptBytes(() => page.goto(path), page)).toBeLessThanOrEqual(WITH_FORMS);
  });
}

test("each step of the wizard brings at most 190 KiB of JavaScript", async ({ page }) => {
  await toPayment(page, "en", "physiotherapy-at-home", 7);
  for (const step of ["service", "datetime", "details", "payment"]) {
    const address = page.url().replace(/\/[a-z]+$/, `/${step}`);
    expect(await scriptBytes(() => page.goto(address), page), step).toBeLessThanOrEqual(WITH_FORMS);
  }
});
