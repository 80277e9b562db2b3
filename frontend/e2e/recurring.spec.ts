import type { Browser, Page } from "@playwright/test";

import { draftAt, freeTimes, newCustomer, ONE_SEAT, type Slot, takenBySomebodyElse } from "./drafts";
import { expect, test, words } from "./site";

const { holdAndGoOn, occurrenceTaken } = words.en.wizard;
const goOn = (page: Page) => page.locator('main button[type="submit"]');

/** The same time a week later. */
function weekAfter(slot: Slot): Slot {
  const day = new Date(Date.parse(slot.date) + 7 * 86_400_000).toISOString().slice(0, 10);
  return { ...slot, date: day };
}

/** Asks for a weekly booking whose second date is somebody else's. */
async function seriesWithAGap(page: Page, browser: Browser, nth: number): Promise<void> {
  await newCustomer(page);
  const times = await freeTimes(page, ONE_SEAT, nth);
  const slot = times.at(-1)!;
  await takenBySomebodyElse(browser, weekAfter(slot));
  await draftAt(page, "details", slot);
  await page.locator("#address").fill("Lazimpat 4");
  await page.locator("#city").selectOption({ index: 1 });
  await page.locator("#is_recurring").check();
  await page.locator("#recurring_count").fill("3");
  await goOn(page).click();
  await expect(page.getByText(`(${occurrenceTaken})`)).toHaveCount(1);
  await expect(page).toHaveURL(/\/details$/);
}

test("a series with a date that is taken can go on without it", async ({ page, browser }) => {
  await seriesWithAGap(page, browser, 17);
  await page.getByRole("button", { name: words.en.wizard.goOnWithout }).click();
  await page.waitForURL(/\/payment$/);
  await page.locator('input[value="cash"]').check();
  await goOn(page).click();
  await page.getByRole("button", { name: words.en.wizard.sendRequest }).click();
  await page.waitForURL(/\/result/);
  await page.goto("/en/bookings");
  await expect(page.locator("main article")).toHaveCount(2);
});

test("a series with a date that is taken can be asked for otherwise", async ({ page, browser }) => {
  await seriesWithAGap(page, browser, 18);
  await page.locator("#recurring_frequency").selectOption("biweekly");
  await goOn(page).click();
  await page.waitForURL(/\/payment$/);
  await expect(page.getByText(`(${occurrenceTaken})`)).toHaveCount(0);
});

test("a series with a date that is taken can move to another time", async ({ page, browser }) => {
  await seriesWithAGap(page, browser, 19);
  await page.getByRole("link", { name: words.en.wizard.otherTime }).click();
  await page.locator('input[name="time"]').nth(2).check();
  await page.getByRole("button", { name: holdAndGoOn }).click();
  await page.waitForURL(/\/payment$/);
  await expect(page.getByText(`(${occurrenceTaken})`)).toHaveCount(0);
});
