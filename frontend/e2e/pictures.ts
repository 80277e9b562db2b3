import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { large, phone, settled, test } from "./site";
import { tours } from "./tour";

const FOLDER = join(import.meta.dirname, "..", "..", "docs", "images", "site");
const QUALITY = 45;
const MARGIN = 80;
/** Looks like another one, and is long. */
const ALIKE = ["bookings-past"];
const SIZES = [large, phone];
const BY_NIGHT = [
  "start",
  "service",
  "step-datetime",
  "step-details-errors",
  "step-payment",
  "result-paid",
  "booking-cancel",
];

/** Not tests: they write the pictures of docs/site.md, `npm run pictures`. */
for (const locale of ["en", "ne"] as const) {
  for (const [tour, take] of Object.entries(tours)) {
    for (const viewport of SIZES) {
      test(`${tour} in ${locale} at ${viewport.width}`, async ({ page }) => {
        test.slow();
        mkdirSync(FOLDER, { recursive: true });
        await page.setViewportSize(viewport);
        await take(page, locale, async (stop) => {
          if (ALIKE.includes(stop)) return;
          await settled(page);
          await picture(page, `${stop}-${locale}-${viewport.width}`);
          if (!BY_NIGHT.includes(stop) || (locale === "ne") !== (viewport === phone)) return;
          await page.emulateMedia({ colorScheme: "dark" });
          await picture(page, `${stop}-${locale}-${viewport.width}-dark`);
          await page.emulateMedia({ colorScheme: null });
        });
      });
    }
  }
}

/** Writes the whole page as a small file; where a dialog is open, a window in which all of it has room. */
async function picture(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await everyImage(page);
  const browser = await page.context().newCDPSession(page);
  const { cssContentSize } = await browser.send("Page.getLayoutMetrics");
  const dialog = page.getByRole("dialog");
  const isCovered = (await dialog.count()) > 0;
  const { width, height } = page.viewportSize() ?? phone;
  if (isCovered) {
    const needed = (await dialog.evaluate((element) => element.scrollHeight)) + MARGIN;
    await page.setViewportSize({ width, height: Math.max(height, needed) });
  }
  const { data } = await browser.send("Page.captureScreenshot", {
    format: "webp",
    quality: QUALITY,
    ...(!isCovered && { captureBeyondViewport: true, clip: { ...cssContentSize, scale: 1 } }),
  });
  await browser.detach();
  await page.setViewportSize({ width, height });
  writeFileSync(join(FOLDER, `${name}.webp`), Buffer.from(data, "base64"));
}

/** Fetches the images that would only come when somebody scrolls to them. */
async function everyImage(page: Page): Promise<void> {
  await page.evaluate(() =>
    Promise.all(
      [...document.images].map((image) => {
        image.loading = "eager";
        return image.decode();
      }),
    ),
  );
}
