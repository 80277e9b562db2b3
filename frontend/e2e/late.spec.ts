import { expect } from "@playwright/test";

import { testWithOwnServers } from "./own-servers";
import { choosePayment, toPayment, words } from "./site";

const SERVICE = "physiotherapy-at-home";
const { outcomes, ...payment } = words.en.payment;

const test = testWithOwnServers({ BOOKING_HOLD_SECONDS: "30" });
test.describe.configure({ mode: "default", timeout: 180_000 });

test("money that comes when the time has gone to somebody else goes back", async ({
  page,
  servers,
  browser,
}) => {
  const title = page.getByRole("heading", { level: 1 });
  await toPayment(page, "en", SERVICE, 0);
  await choosePayment(page, "khalti");
  await page.getByRole("button", { name: /with Khalti/ }).click();
  await page.waitForURL(/\/sandbox\/khalti\//);
  const pidx = new URL(page.url()).searchParams.get("pidx");
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.waitForURL(/\/result/);
  await expect(async () => {
    await page.reload();
    await expect(title).toHaveText(outcomes.expired.title);
  }).toPass({ timeout: 60_000 });
  await expect(page.getByRole("link", { name: payment.tryTimeAgain })).toBeVisible();
  await expect(page.getByRole("link", { name: payment.otherTime })).toBeVisible();

  const other = await browser.newPage({ baseURL: servers.site });
  await toPayment(other, "en", SERVICE, 0);
  await choosePayment(other, "cash");
  await other.getByRole("button", { name: words.en.wizard.sendRequest }).click();
  await other.waitForURL(/\/result/);
  await other.close();

  const told = await page.request.post(`${servers.api}/sandbox/khalti/payments/${pidx}/`, {
    data: { status: "Completed" },
  });
  expect(told.ok()).toBe(true);
  await page.goto(`${servers.api}/api/payments/khalti/return/?pidx=${pidx}`);
  await page.waitForURL(/\/result/);
  await expect(title).toHaveText(outcomes.goingBack.title);
  await expect(page.getByText(outcomes.goingBack.text)).toBeVisible();
});
