import type { Page } from "@playwright/test";

import onePage from "../messages/en/onePage.json" with { type: "json" };
import nepaliOnePage from "../messages/ne/onePage.json" with { type: "json" };
import { type Flag, test } from "./flagged";
import { expect, expectAccessible, type Locale, phone, register, words } from "./site";

// Each test starts servers of its own, and looks at several pages with axe.
test.describe.configure({ timeout: 120_000 });

const SERVICE = "physiotherapy-at-home";
const WIZARD = "NEW_BOOKING_WIZARD";
const SLOTS = "BOOKING_SLOTS";
const PAYMENTS = "PAYMENT_INTEGRATION";
const pageWords = { en: onePage, ne: nepaliOnePage };

/** A day that is some days ahead, as a date field takes it. */
function dayAhead(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

async function openBooking(page: Page, locale: Locale): Promise<void> {
  await page.goto(`/${locale}/services/${SERVICE}`);
  await page.locator(`a[href*="/book/new?service="]`).first().click();
  await page.waitForURL(/\/book\/new/);
  await scriptsAtWork(page);
}

/** What is clicked or typed before the page's scripts have come is lost on them. */
async function scriptsAtWork(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
}

async function fillInContact(page: Page): Promise<void> {
  await page.locator("#address").fill("Lazimpat 4");
  await page.locator("#city").selectOption({ index: 1 });
}

/** Notes what the API refuses because it isn't there. */
function notedRefusals(page: Page): string[] {
  const refused: string[] = [];
  page.on("response", (response) => {
    if (response.status() === 404 && response.url().includes("/api/")) refused.push(response.url());
  });
  return refused;
}

/** Books without an account, by typing a time that nobody works at. */
async function requestInOnePage(page: Page, locale: Locale, days: number): Promise<void> {
  const refused = notedRefusals(page);
  await openBooking(page, locale);
  await expect(page.getByText(pageWords[locale].needsLogin)).toBeVisible();
  await expect(page.getByText(words[locale].payment.onlyCashTitle)).toBeVisible();
  await page.locator("#plain-date").fill(dayAhead(days));
  await page.locator("#plain-time").fill("10:07");
  await fillInContact(page);
  await expectAccessible(page);
  await page.getByRole("link", { name: words[locale].common.register }).click();
  await register(page, locale);
  await page.waitForURL(/\/book\/new/);
  await expect(page.locator("#address")).toHaveValue("Lazimpat 4");
  await expect(page.locator("#phone")).toHaveValue(/^\+977/);
  await page.getByRole("button", { name: words[locale].wizard.sendRequest }).click();
  await expect(page.getByText(words[locale].wizard.notFreeTitle)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("alert").getByRole("button").first().click();
  await page.getByRole("button", { name: words[locale].wizard.sendRequest }).click();
  await page.waitForURL(/\/result$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    words[locale].payment.outcomes.request.title,
  );
  await expectAccessible(page);
  expect(refused).toEqual([]);
}

test.describe("a site with all its flags off", () => {
  test.use({ off: [WIZARD, SLOTS, PAYMENTS] });

  test("takes a request in one page, in English", async ({ page }) => {
    await requestInOnePage(page, "en", 12);
  });

  test("takes a request in one page, in Nepali on a phone", async ({ page }) => {
    await page.setViewportSize(phone);
    await requestInOnePage(page, "ne", 13);
    await openBooking(page, "ne");
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(phone.width);
  });

  test("speaks of no payment and of no free time", async ({ page }) => {
    for (const path of ["/en", "/en/services", `/en/services/${SERVICE}`]) {
      await page.goto(path);
      await expect(page.locator("body")).not.toContainText(/Khalti|eSewa|[Ff]ree/);
      await expect(page.locator('meta[content*="Khalti"]')).toHaveCount(0);
    }
  });
});

test.describe("an API with all its flags off", () => {
  test.use({ side: "API", off: [WIZARD, SLOTS, PAYMENTS] });

  test("is booked with in one page by a site whose flags are on", async ({ page }) => {
    await requestInOnePage(page, "en", 12);
  });
});

test.describe("a site without its wizard", () => {
  test.use({ off: [WIZARD] });

  test("books a free time in one page, and pays for it with a wallet", async ({ page }) => {
    const refused = notedRefusals(page);
    await openBooking(page, "en");
    await page.getByRole("link", { name: words.en.common.register }).click();
    await register(page, "en");
    await page.waitForURL(/\/book\/new/);
    await scriptsAtWork(page);
    await page.getByRole("button", { name: words.en.wizard.nextMonth }).click();
    await page.locator('[role="gridcell"] button[aria-disabled="false"]').nth(12).click();
    await page.locator('input[name="time"]').first().check();
    await fillInContact(page);
    await page.locator('input[value="khalti"]').check();
    await expectAccessible(page);
    await page.getByRole("button", { name: onePage.bookAndPay }).dblclick();
    await page.waitForURL(/\/confirmation$/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(onePage.draftTitle);
    await expectAccessible(page);
    await page.getByRole("button", { name: /Khalti/ }).click();
    await page.waitForURL(/\/sandbox\//);
    await page.getByRole("button", { name: "Pay", exact: true }).click();
    await page.waitForURL(/\/result/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.en.payment.outcomes.paid.title);
    await page.goto("/en/bookings");
    await expect(page.locator("main article")).toHaveCount(1);
    expect(refused).toEqual([]);
  });
});

test.describe("a site without its slots", () => {
  test.use({ off: [SLOTS] });

  test("holds a time that was typed, step by step", async ({ page }) => {
    const refused = notedRefusals(page);
    await openBooking(page, "en");
    await page.locator("#plain-date").fill(dayAhead(14));
    await page.locator("#plain-time").fill("10:07");
    await expectAccessible(page);
    await page.getByRole("button", { name: words.en.wizard.logInAndGoOn }).click();
    await page.getByRole("link", { name: words.en.common.register }).click();
    await register(page, "en");
    await page.getByRole("alert").getByRole("button").first().click();
    await page.waitForURL(/\/details$/);
    await expect(page.getByText(words.en.wizard.heldFor)).toBeVisible();
    expect(refused).toEqual([]);
  });
});

const others: Flag[][] = [[PAYMENTS], [WIZARD, SLOTS], [WIZARD, PAYMENTS], [SLOTS, PAYMENTS]];

for (const off of others) {
  test.describe(`a site without ${off.join(" and ")}`, () => {
    test.use({ off });

    test("asks for what is left of a booking", async ({ page }) => {
      const refused = notedRefusals(page);
      await openBooking(page, "en");
      const isInOnePage = off.includes(WIZARD);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(
        isInOnePage ? onePage.title : words.en.wizard.headings.datetime,
      );
      await expect(page.locator("#plain-date")).toHaveCount(off.includes(SLOTS) ? 1 : 0);
      await expect(page.getByRole("grid")).toHaveCount(off.includes(SLOTS) ? 0 : 1);
      const wallets = page.locator('input[value="khalti"], input[value="esewa"]');
      await expect(wallets).toHaveCount(isInOnePage && !off.includes(PAYMENTS) ? 2 : 0);
      expect(refused).toEqual([]);
    });
  });
}
