import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import bookings from "../messages/en/bookings.json" with { type: "json" };
import { choosePayment, expect, phone, test, toPayment, words } from "./site";

const SERVICE = "plumber-visit";
const API = () => process.env.API_URL ?? "";
const { outcomes, ...payment } = words.en.payment;
const PATIENT = { timeout: 40_000 };

type Wallet = "khalti" | "esewa";
const NAMES: Record<Wallet, string> = { khalti: "Khalti", esewa: "eSewa" };

test.setTimeout(120_000);

/** Goes on to a wallet's page from the last step. Each test books another day, so that none is in another's way. */
async function pay(page: Page, wallet: Wallet): Promise<void> {
  await page.getByRole("button", { name: new RegExp(`Pay .* with ${NAMES[wallet]}`) }).click();
  await page.waitForURL(new RegExp(`/sandbox/${wallet}/pay/`));
}

async function toWallet(page: Page, wallet: Wallet, day: number): Promise<void> {
  await toPayment(page, "en", SERVICE, day);
  await choosePayment(page, wallet);
  await pay(page, wallet);
}

async function decide(page: Page, decision: "Pay" | "Cancel" | "Leave pending"): Promise<void> {
  await page.getByRole("button", { name: decision, exact: true }).click();
  await page.waitForURL(/\/booking\/\d+\/result/);
}

async function expectOutcome(
  page: Page,
  outcome: keyof typeof outcomes,
  wallet: "khalti" | "esewa" = "khalti",
): Promise<void> {
  const title = outcomes[outcome].title.replace("{method}", payment.wallets[wallet]);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title, PATIENT);
}

/** Moves a payment at its gateway, behind the shop's back. `address`: of the wallet's page. */
async function override(page: Page, address: string, status: string): Promise<void> {
  const { pathname, searchParams } = new URL(address);
  const khalti = searchParams.get("pidx");
  const place = khalti ? `khalti/payments/${khalti}` : `esewa/payments/${pathname.split("/").at(-2)}`;
  const answer = await page.request.post(`${API()}/sandbox/${place}/`, { data: { status } });
  expect(answer.ok()).toBe(true);
}

test("what was paid has a receipt to print and a file for the calendar", async ({ page }) => {
  await toWallet(page, "khalti", 0);
  await decide(page, "Pay");
  await expectOutcome(page, "paid");
  const reference = (await page.locator("main dd").first().textContent()) ?? "";

  const opened = page.waitForEvent("popup");
  await page.getByRole("link", { name: payment.receipt }).click();
  const receipt = await opened;
  await expect(receipt.getByRole("heading", { name: /Receipt/ })).toBeVisible();
  await expect(receipt.getByText(reference)).toBeVisible();

  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: payment.calendar }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toBe(`${reference}.ics`);
  expect(await readFile(await file.path(), "utf8")).toContain("BEGIN:VEVENT");
});

for (const [wallet, day] of [
  ["khalti", 1],
  ["esewa", 2],
] as const) {
  test(`what was cancelled at ${wallet} is paid by a second attempt`, async ({ page }) => {
    await page.setViewportSize(phone);
    await toWallet(page, wallet, day);
    await decide(page, "Cancel");
    await expectOutcome(page, "failed");
    await page.getByRole("link", { name: payment.payAgain }).click();
    await page.waitForURL(/\/confirmation$/);
    await pay(page, wallet);
    await decide(page, "Pay");
    await expectOutcome(page, "paid");
  });
}

test("what was cancelled is paid by another method", async ({ page }) => {
  await toWallet(page, "khalti", 3);
  await decide(page, "Cancel");
  await page.getByRole("link", { name: payment.otherMethod }).click();
  await page.waitForURL(/\/payment$/);
  await choosePayment(page, "esewa");
  await pay(page, "esewa");
  await decide(page, "Pay");
  await expectOutcome(page, "paid");
});

for (const [wallet, completed, day] of [
  ["khalti", "Completed", 4],
  ["esewa", "COMPLETE", 5],
] as const) {
  test(`what ${wallet} has not decided is asked for until it has`, async ({ page }) => {
    await toWallet(page, wallet, day);
    const address = page.url();
    await decide(page, "Leave pending");
    await expectOutcome(page, "deciding", wallet);
    await expect(page.getByText(payment.asking)).toBeVisible();
    await override(page, address, completed);
    await expectOutcome(page, "paid");
  });
}

test("who waits for a wallet is not kept waiting for ever", async ({ page }) => {
  await page.clock.install();
  await toWallet(page, "khalti", 6);
  const address = page.url();
  await decide(page, "Leave pending");
  await expectOutcome(page, "deciding");
  await expect(async () => {
    await page.clock.runFor(35_000);
    await expect(page.getByText(payment.askedEnough)).toBeVisible({ timeout: 1000 });
  }).toPass(PATIENT);
  await expect(page.getByRole("link", { name: payment.notPaidYet })).toBeVisible();
  await override(page, address, "Completed");
  await page.getByRole("button", { name: payment.askAgain }).click();
  await page.clock.runFor(5_000);
  await expectOutcome(page, "paid");
});

test("a link that ran out leads back to paying", async ({ page }) => {
  await toWallet(page, "khalti", 7);
  const address = page.url();
  await decide(page, "Leave pending");
  await expectOutcome(page, "deciding");
  await override(page, address, "Expired");
  await expectOutcome(page, "failed");
  await page.getByRole("link", { name: payment.payAgain }).click();
  await page.waitForURL(/\/confirmation$/);
  await pay(page, "khalti");
  expect(page.url()).not.toBe(address);
});

test("what was paid comes back when the booking is cancelled", async ({ page }) => {
  await toWallet(page, "khalti", 8);
  await decide(page, "Pay");
  await expectOutcome(page, "paid");
  const result = page.url();
  await page.getByRole("link", { name: payment.seeBooking }).click();
  await page.getByRole("button", { name: bookings.cancel, exact: true }).click();
  await page.getByLabel(bookings.reasonLabel).fill("I am ill");
  await page.getByRole("button", { name: bookings.cancelNow }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.goto(result);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    new RegExp(`${outcomes.refunding.title}|${outcomes.returned.title}`),
  );
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(outcomes.returned.title);
  }).toPass(PATIENT);
  await expect(page.getByRole("link", { name: payment.bookAnew })).toBeVisible();
});

test("a transfer is paid and confirmed once somebody of ours has seen it", async ({ page, browser }) => {
  await page.setViewportSize(phone);
  await toPayment(page, "en", SERVICE, 10);
  await choosePayment(page, "bank_transfer");
  await page.getByRole("button", { name: words.en.wizard.sendAndTransfer }).click();
  await page.waitForURL(/\/result/);
  await expectOutcome(page, "transfer");
  const amount = (await page.locator("main dd").nth(3).textContent()) ?? "";

  await page.getByRole("button", { name: payment.sendProof }).click();
  await expect(page.getByRole("alert").getByText(payment.referenceMissing)).toBeVisible();
  await page.locator("#reference").fill(`NIC ${process.pid}`);
  await page
    .locator("#slip")
    .setInputFiles({ name: "slip.txt", mimeType: "text/plain", buffer: Buffer.from("no") });
  await page.getByRole("button", { name: payment.sendProof }).click();
  await expect(page.getByRole("alert").getByText(payment.slipType)).toBeVisible();
  await page
    .locator("#slip")
    .setInputFiles({ name: "slip.png", mimeType: "image/png", buffer: await page.screenshot() });
  await page.getByRole("button", { name: payment.sendProof }).click();
  await expect(page.getByText(payment.proofSent)).toBeVisible(PATIENT);

  const desk = await browser.newPage();
  await desk.goto(`${API()}/admin/login/?next=/admin/payments/banktransfer/?q=${`NIC ${process.pid}`}`);
  await desk.locator('input[name="username"]').fill("admin@sewabazaar.test");
  await desk.locator('input[name="password"]').fill("sewabazaar-demo");
  await desk.locator('button[type="submit"]').click();
  await desk.locator('#result_list a[href*="/banktransfer/"]').first().click();
  await desk.locator('a[href$="/confirm"], a[href*="/confirm/"]').first().click();
  await desk.locator('input[name="amount"]').fill(amount.replace(/[^\d.]/g, ""));
  await desk.locator('main button[type="submit"], form button[type="submit"]').last().click();
  await desk.waitForLoadState();
  await desk.close();

  await page.reload();
  await expectOutcome(page, "paid");
  await expect(page.getByRole("link", { name: payment.receipt })).toBeVisible();
});

test("a booking in cash can be paid by wallet afterwards", async ({ page }) => {
  await toPayment(page, "en", SERVICE, 11);
  await choosePayment(page, "cash");
  await page.getByRole("button", { name: words.en.wizard.sendRequest }).click();
  await page.waitForURL(/\/result/);
  await expectOutcome(page, "requested");
  await page.getByRole("link", { name: payment.seeBooking }).click();
  await page.getByRole("link", { name: bookings.pay, exact: true }).click();
  await page.locator('input[value="khalti"]').check();
  await pay(page, "khalti");
  await decide(page, "Cancel");
  await expectOutcome(page, "unpaid");
  await page.getByRole("link", { name: payment.payAgain }).click();
  await page.locator('input[value="khalti"]').check();
  await pay(page, "khalti");
  await decide(page, "Pay");
  await expectOutcome(page, "paid");
});

test("who is logged out while they pay logs in, and pays the same", async ({ page, context }) => {
  await toPayment(page, "en", SERVICE, 12);
  const email = await page.evaluate(async () => {
    const me: { email: string } = await (await fetch("/api/auth/me/")).json();
    return me.email;
  });
  await choosePayment(page, "khalti");
  await context.clearCookies();
  await page.getByRole("button", { name: /with Khalti/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.locator("#email").fill(email);
  await dialog.locator("#password").fill("mountain-River-27");
  await dialog.getByRole("button", { name: words.en.common.logIn }).click();
  await page.waitForURL(/\/sandbox\/khalti\//);
  await context.clearCookies();
  await decide(page, "Pay");
  await expect(page.getByText(payment.loginToSee)).toBeVisible();
  await page.locator("#email").fill(email);
  await page.locator("#password").fill("mountain-River-27");
  await page.locator("main").getByRole("button", { name: words.en.common.logIn }).click();
  await expectOutcome(page, "paid");
});

test("an address that belongs to no payment of one's own says so", async ({ page }) => {
  await toPayment(page, "en", SERVICE, 13);
  await page.goto("/en/booking/999999/result");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(payment.unknownTitle);
  await page.goto("/en/booking/result?status=unknown");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(payment.unknownTitle);
});

test("who is offline is told so, keeps what they typed, and goes on afterwards", async ({
  page,
  context,
}) => {
  await page.setViewportSize(phone);
  await toPayment(page, "en", SERVICE, 14);
  await page.locator('input[value="khalti"]').check();
  await context.setOffline(true);
  await expect(page.getByText(words.en.common.offline)).toBeVisible();
  await page.locator('main button[type="submit"]').click();
  await expect(page.locator("main").getByRole("alert")).toBeVisible();
  await expect(page.locator('input[value="khalti"]')).toBeChecked();
  await context.setOffline(false);
  await expect(page.getByText(words.en.common.offline)).toBeHidden();
  await page.locator('main button[type="submit"]').click();
  await page.waitForURL(/\/confirmation$/);
});
