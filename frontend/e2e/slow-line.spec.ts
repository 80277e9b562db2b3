import type { Page } from "@playwright/test";

import { expect, phone, test } from "./site";
import { logInAsCustomer } from "./tour";

const ADDED_MILLISECONDS = 1_500;
const MOST_SHIFT = 0.05;

interface Shift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
}

/** Adds up how far the page jumps by itself while it loads. */
async function shiftOf(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as Shift[]) sum += entry.hadRecentInput ? 0 : entry.value;
        }).observe({ type: "layout-shift", buffered: true });
        // Entries that are buffered come with the next task.
        setTimeout(() => resolve(sum), 0);
      }),
  );
}

test("nothing jumps on a phone while one's own pages wait for a slow line", async ({ page }) => {
  await page.setViewportSize(phone);
  const { paid } = await logInAsCustomer(page);
  await page.route("**/api/**", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, ADDED_MILLISECONDS));
    await route.continue();
  });
  for (const [path, loaded] of [
    ["/en/bookings", "main article"],
    [`/en/bookings/${paid}`, "main dl"],
    ["/en/account", "main form"],
  ] as const) {
    await page.goto(path);
    await page.locator(loaded).first().waitFor();
    await page.waitForLoadState("networkidle");
    expect(await shiftOf(page), path).toBeLessThan(MOST_SHIFT);
  }
});
