import type { Locator, Page } from "@playwright/test";

import { expect, large, phone, phoneKnown, test, words } from "./site";

const FARTHEST = 120;

test.describe("with the keyboard alone", () => {
  for (const [viewport, weeks] of [
    [large, 2],
    [phone, 3],
  ] as const) {
    test(`somebody new gets from the start page to a booking at ${viewport.width}`, async ({ page }) => {
      await page.setViewportSize(viewport);
      await page.goto("/en");
      await findService(page);
      await pickTime(page, weeks);
      await registerOnTheWay(page);
      await enterDetails(page);
      await payInCash(page);
      await page.waitForURL(/\/result$/);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(
        words.en.payment.outcomes.requested.title,
      );
    });
  }

  test("the first Tab leads past the header to the content", async ({ page }) => {
    await page.goto("/en/services");
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name: words.en.common.skip })).toBeInViewport();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await expect(page.locator("main :focus")).toHaveCount(1);
  });
});

async function findService(page: Page): Promise<void> {
  await tabTo(page, page.getByRole("searchbox"));
  await page.keyboard.type("physiotherapy");
  await tabTo(page, page.getByRole("search").getByRole("combobox"));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/services\?/);
  await tabTo(page, page.getByRole("link", { name: "Physiotherapy at home", exact: true }));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/services\/physiotherapy-at-home$/);
  await tabTo(page, page.getByRole("link", { name: words.en.catalogue.bookNow }));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/book\/new/);
}

/** Goes to the next month and over its days with the arrows, to one that is free; those who book at once go on by different `weeks`. */
async function pickTime(page: Page, weeks: number): Promise<void> {
  const day = page.locator("[role=gridcell] :focus");
  const month = page.getByRole("grid");
  const present = await month.getAttribute("aria-label");
  await tabTo(page, page.locator('[role=gridcell] [tabindex="0"]'));
  await page.keyboard.press("PageDown");
  await expect(month).not.toHaveAttribute("aria-label", present ?? "");
  await page.locator('[role=gridcell] [aria-disabled="false"]').first().waitFor();
  for (let week = 1; week < weeks; week += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  for (let step = 0; step < 7 && (await day.getAttribute("aria-disabled")) === "true"; step += 1) {
    await page.keyboard.press("ArrowRight");
  }
  await page.keyboard.press("Enter");
  await expect(page.locator("#times-heading")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await expect(page.locator('input[name="time"]').nth(1)).toBeChecked();
  await tabTo(page, page.getByRole("button", { name: words.en.wizard.logInAndGoOn }));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/login/);
}

async function registerOnTheWay(page: Page): Promise<void> {
  await tabTo(page, page.getByRole("link", { name: words.en.common.register }));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/register/);
  const number = String(Date.now());
  await tabTo(page, page.locator("#full_name"));
  for (const text of [
    "Sunita Tamang",
    `sunita${number}${process.pid}@example.com`,
    `98${number.slice(-8)}`,
    "mountain-River-27",
  ]) {
    await page.keyboard.type(text);
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/details$/);
  await phoneKnown(page);
}

async function enterDetails(page: Page): Promise<void> {
  await tabTo(page, page.locator("#address"));
  await page.keyboard.type("Lazimpat 4");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  await expect(page.locator("#address")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.type("Kath");
  await expect(page.locator("#city")).toHaveValue("Kathmandu");
  await tabTo(page, page.locator('main button[type="submit"]'));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/payment$/);
}

async function payInCash(page: Page): Promise<void> {
  const cash = page.locator('input[value="cash"]');
  await cash.waitFor();
  await tabTo(page, page.locator('input[name="payment_method"]').first());
  await page.keyboard.press("Space");
  for (let step = 0; step < 4 && !(await cash.isChecked()); step += 1) await page.keyboard.press("ArrowDown");
  await tabTo(page, page.locator('main button[type="submit"]'));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/confirmation$/);
  await tabTo(page, page.getByRole("button", { name: words.en.wizard.sendRequest }));
  await page.keyboard.press("Enter");
}

/** Presses Tab until the focus is there, and fails where no Tab leads to it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let step = 0; step < FARTHEST; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}
