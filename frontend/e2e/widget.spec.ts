import type { FrameLocator, Page } from "@playwright/test";

import { choosePayment, expect, test, toPayment, words } from "./site";
import { serveWidget, widgetAddress } from "./widget";

const SERVICE = "electrician-visit";
const { outcomes, ...payment } = words.en.payment;

test.setTimeout(120_000);

async function toConfirmation(page: Page, day: number): Promise<void> {
  await toPayment(page, "en", SERVICE, day);
  await choosePayment(page, "khalti");
}

const inWidget = (page: Page) => page.getByRole("button", { name: payment.payInWidget });
const onPage = (page: Page) => page.getByRole("button", { name: /Pay .* with Khalti/ });

function widgetOf(page: Page): FrameLocator {
  return page.frameLocator('iframe[title="Khalti"]');
}

async function decide(page: Page, decision: "Pay" | "Fail" | "Cancel"): Promise<void> {
  await widgetOf(page).getByRole("button", { name: decision, exact: true }).click();
}

test("somebody pays in the widget", async ({ page }) => {
  await serveWidget(page);
  await toConfirmation(page, 0);
  await inWidget(page).click();
  await decide(page, "Pay");
  await page.waitForURL(/\/result/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(outcomes.paid.title);
});

test("a widget that is closed, or in which it goes wrong, leaves both ways to pay", async ({ page }) => {
  await serveWidget(page);
  await toConfirmation(page, 1);
  await inWidget(page).click();
  await decide(page, "Cancel");
  await expect(page.locator('iframe[title="Khalti"]')).toHaveCount(0);
  await expect(inWidget(page)).toBeEnabled();

  await inWidget(page).click();
  await decide(page, "Fail");
  await expect(page.getByRole("alert").getByText(payment.widget.failed.title)).toBeVisible();
  await expect(page.locator('iframe[title="Khalti"]')).toHaveCount(0);
  await onPage(page).click();
  await page.waitForURL(/\/sandbox\/khalti\/pay\//);
});

test("a widget whose script is blocked says so, and the payment page pays instead", async ({ page }) => {
  await page.route(widgetAddress, (route) => route.abort());
  await toConfirmation(page, 2);
  await inWidget(page).click();
  await expect(page.getByRole("alert").getByText(payment.widget.blocked.title)).toBeVisible();
  await onPage(page).click();
  await page.waitForURL(/\/sandbox\/khalti\/pay\//);
  await page.getByRole("button", { name: "Pay", exact: true }).click();
  await page.waitForURL(/\/result/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(outcomes.paid.title);
});

test("a widget that can't be loaded offline opens when the connection is back", async ({ page, context }) => {
  await toConfirmation(page, 3);
  await context.setOffline(true);
  await inWidget(page).click();
  await expect(page.getByRole("alert").getByText(payment.widget.blocked.title)).toBeVisible();
  await context.setOffline(false);
  await serveWidget(page);
  await inWidget(page).click();
  await expect(widgetOf(page).getByRole("button", { name: "Pay", exact: true })).toBeVisible();
});

test("a login that ended in the widget costs no second payment", async ({ page, context }) => {
  await serveWidget(page);
  await toConfirmation(page, 4);
  const email = await page.evaluate(async () => {
    const me: { email: string } = await (await fetch("/api/auth/me/")).json();
    return me.email;
  });
  await inWidget(page).click();
  await context.clearCookies();
  await decide(page, "Pay");
  const dialog = page.getByRole("dialog");
  await dialog.locator("#email").fill(email);
  await dialog.locator("#password").fill("mountain-River-27");
  await dialog.getByRole("button", { name: words.en.common.logIn }).click();
  await page.waitForURL(/\/result/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(outcomes.paid.title);
});
