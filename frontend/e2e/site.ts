import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";

import account from "../messages/en/account.json" with { type: "json" };
import bookings from "../messages/en/bookings.json" with { type: "json" };
import catalogue from "../messages/en/catalogue.json" with { type: "json" };
import common from "../messages/en/common.json" with { type: "json" };
import payment from "../messages/en/payment.json" with { type: "json" };
import wizard from "../messages/en/wizard.json" with { type: "json" };
import nepaliAccount from "../messages/ne/account.json" with { type: "json" };
import nepaliBookings from "../messages/ne/bookings.json" with { type: "json" };
import nepaliCatalogue from "../messages/ne/catalogue.json" with { type: "json" };
import nepaliCommon from "../messages/ne/common.json" with { type: "json" };
import nepaliPayment from "../messages/ne/payment.json" with { type: "json" };
import nepaliWizard from "../messages/ne/wizard.json" with { type: "json" };

export type Locale = "en" | "ne";

export const words = {
  en: { account, bookings, catalogue, common, payment, wizard },
  ne: {
    account: nepaliAccount,
    bookings: nepaliBookings,
    catalogue: nepaliCatalogue,
    common: nepaliCommon,
    payment: nepaliPayment,
    wizard: nepaliWizard,
  },
};

export const large = { width: 1280, height: 900 };
export const phone = { width: 360, height: 740 };

/** Fails with the addresses of whatever was not there, so that a page that half works is no success. */
export const test = base.extend({
  page: async ({ page }, provide) => {
    const broken: string[] = [];
    page.on("pageerror", (error) => broken.push(String(error)));
    page.on("response", (response) => {
      if (response.status() >= 500) broken.push(`${response.status()} ${response.url()}`);
    });
    await provide(page);
    expect(broken).toEqual([]);
  },
});

export { expect };

let people = 0;

/** Registers somebody new through the page that is open. */
export async function register(page: Page, locale: Locale): Promise<void> {
  await page.waitForLoadState("networkidle");
  people += 1;
  const number = String(Date.now() + people);
  await page.locator("#full_name").fill("Asha Rai");
  await page.locator("#email").fill(`asha${number}${process.pid}@example.com`);
  await page.locator("#phone").fill(`98${number.slice(-8)}`);
  await page.locator("#password").fill("mountain-River-27");
  await page.locator("main").getByRole("button", { name: words[locale].common.register }).click();
}

/** Chooses a free time of a service from the catalogue. */
export async function pickTime(page: Page, locale: Locale, service: string, nth = 0): Promise<void> {
  await page.goto(`/${locale}/services/${service}`);
  await page.locator(`a[href*="/book/new?service="]`).first().click();
  // What is clicked before the scripts are at work is lost; nobody is as fast as a test.
  await page.waitForURL(/\/book\/new/);
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: words[locale].wizard.nextMonth }).click();
  const days = page.locator('[role="gridcell"] button[aria-disabled="false"]');
  await days.nth(nth).click();
  await page.locator('input[name="time"]').first().check();
}

/** Chooses a free time, and goes on to the login. */
export async function chooseTime(page: Page, locale: Locale, service: string, nth = 0): Promise<void> {
  await pickTime(page, locale, service, nth);
  await page.locator('main button[type="submit"]').click();
}

/** Registers on the way, and fills in where to come. */
export async function toPayment(page: Page, locale: Locale, service: string, nth = 0): Promise<void> {
  await chooseTime(page, locale, service, nth);
  await page.getByRole("link", { name: words[locale].common.register }).click();
  await register(page, locale);
  await page.waitForURL(/\/details$/);
  await phoneKnown(page);
  await page.locator("#address").fill("Lazimpat 4");
  await page.locator("#city").selectOption({ index: 1 });
  await expect(page.locator("#phone")).not.toHaveValue("");
  await page.locator('main button[type="submit"]').click();
  await page.waitForURL(/\/payment$/);
}

/** Waits until the account's phone stands in its field: nobody types as fast as a test. */
export async function phoneKnown(page: Page): Promise<void> {
  await expect(page.locator("#phone")).not.toHaveValue("");
}

export async function choosePayment(page: Page, code: string): Promise<void> {
  await page.locator(`input[value="${code}"]`).check();
  await page.locator('main button[type="submit"]').click();
  await page.waitForURL(/\/confirmation$/);
}

/** Waits until the page shows all that it is going to: nothing loads any more, no total is open. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator(".animate-pulse")).toHaveCount(0);
  await expect(page.getByText("…", { exact: true })).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
}

/** What the dark theme can break that the light one doesn't: it changes colours and nothing else. */
const BY_COLOUR = ["color-contrast", "link-in-text-block"];

/** Expects that axe finds nothing on the page, in the light and in the dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    // Without frames to look into, all of it runs in the page itself, in half the time.
    const axe = new AxeBuilder({ page }).setLegacyMode(true);
    if (colorScheme === "dark") axe.withRules(BY_COLOUR);
    const { violations } = await axe.analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual(
      [],
    );
  }
  await page.emulateMedia({ colorScheme: null });
}
