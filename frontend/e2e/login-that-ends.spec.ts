import type { Page } from "@playwright/test";

import { draftAt, freeTimes, newCustomer, PASSWORD } from "./drafts";
import { expect, test, words } from "./site";

const SERVICE = "haircut-at-home";

async function logInAgain(page: Page, email: string): Promise<void> {
  await page.locator("#email").fill(email);
  await page.locator("#password").fill(PASSWORD);
  const form = page.locator("form", { has: page.locator("#password") });
  await form.getByRole("button", { name: words.en.common.logIn }).click();
}

test("details that were typed are sent after the new login", async ({ page }) => {
  const email = await newCustomer(page);
  const [slot] = await freeTimes(page, SERVICE, 10);
  await draftAt(page, "details", slot!);
  await page.locator("#address").fill("Jhamsikhel 7");
  await page.locator("#city").selectOption({ index: 1 });
  await page.context().clearCookies();
  await page.locator('main button[type="submit"]').click();
  await expect(page.getByRole("dialog")).toContainText(words.en.wizard.loginEnded);
  await logInAgain(page, email);
  await page.waitForURL(/\/payment$/);
  await expect(page.locator("main")).toContainText("Jhamsikhel 7");
});

test("a login that was ended elsewhere asks once, and the way to pay is still chosen", async ({ page }) => {
  const email = await newCustomer(page);
  const [slot] = await freeTimes(page, SERVICE, 11);
  await draftAt(page, "payment", slot!);
  await page.locator('input[value="esewa"]').check();
  const refresh = (await page.context().cookies()).filter(({ name }) => name.endsWith("refresh"));
  const ended = await page.request.delete("/session", { headers: { Origin: process.env.SITE_URL ?? "" } });
  expect(ended.ok()).toBe(true);
  await page.context().addCookies(refresh);
  await page.reload();
  await expect(page.getByText(words.en.wizard.loginToGoOn)).toBeVisible();
  await logInAgain(page, email);
  await expect(page.locator('input[value="esewa"]')).toBeChecked();
  await expect(page).toHaveURL(/\/payment$/);
});

test("a payment goes on after the new login", async ({ page }) => {
  const email = await newCustomer(page);
  const [slot] = await freeTimes(page, SERVICE, 12);
  await draftAt(page, "confirmation", slot!, "khalti");
  await page.context().clearCookies();
  await page.getByRole("button", { name: /Khalti/ }).click();
  await expect(page.getByRole("dialog")).toContainText(words.en.wizard.loginEnded);
  await logInAgain(page, email);
  await page.waitForURL(/\/sandbox\//);
});

test("a login that ended while one chose a time leads back to that time", async ({ page }) => {
  const email = await newCustomer(page);
  const [slot] = await freeTimes(page, SERVICE, 13);
  await page.goto(`/en/book/new?service=${slot!.service}&date=${slot!.date}&time=${slot!.start_time}`);
  await page.locator('input[name="time"]:checked').waitFor();
  await page.context().clearCookies();
  await page.locator('main button[type="submit"]').click();
  await logInAgain(page, email);
  await page.waitForURL(/\/details$/);
  await expect(page.locator("aside")).toContainText(slot!.start_time.slice(0, 5));
});

test("somebody else who logs in is led to their own bookings, and nothing typed is left", async ({
  page,
}) => {
  const email = await newCustomer(page);
  await newCustomer(page);
  const [slot] = await freeTimes(page, SERVICE, 14);
  await draftAt(page, "details", slot!);
  await page.locator("#address").fill("Jhamsikhel 7");
  await page.locator("#city").selectOption({ index: 1 });
  await page.context().clearCookies();
  await page.locator('main button[type="submit"]').click();
  await logInAgain(page, email);
  await page.waitForURL(/\/bookings$/);
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain("Jhamsikhel");
});

test("a login that is sent before the scripts are there says so", async ({ page }) => {
  await page.route(/\/_next\/static\/.*\.js/, (route) => route.abort());
  await page.goto("/en/login");
  await logInAgain(page, "mina@example.com");
  await expect(page.getByRole("alert")).toHaveText(words.en.common.sentTooEarly);
});

test("who has a login is led on from where one logs in", async ({ page }) => {
  await newCustomer(page);
  await page.goto("/en/login?next=/en/account");
  await expect(page).toHaveURL(/\/en\/account$/);
  await page.goto("/en/register");
  await expect(page).toHaveURL(/\/en\/bookings$/);
});
