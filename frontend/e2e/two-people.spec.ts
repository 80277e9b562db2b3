import type { Page } from "@playwright/test";

import { comeBack, draftAt, freeTimes, logIn, newCustomer, ONE_SEAT, openStep, otherBrowser } from "./drafts";
import { expect, test, words } from "./site";

const { lostTitle, sendRequest } = words.en.wizard;
const goOn = (page: Page) => page.locator('main button[type="submit"]');

test("of two customers who want one seat at once, one gets it and the other another time", async ({
  page,
  browser,
}) => {
  const other = await otherBrowser(browser);
  const [slot] = await freeTimes(page, ONE_SEAT, 12);
  for (const customer of [page, other]) {
    await newCustomer(customer);
    const bookingId = await draftAt(customer, "datetime", slot!);
    await customer.goto(`/en/book/${bookingId}/datetime?date=${slot!.date}&time=${slot!.start_time}`);
    await customer.locator('input[name="time"]:checked').waitFor();
  }
  await Promise.all([page, other].map((customer) => goOn(customer).click()));
  const lost = (customer: Page) => customer.getByText(lostTitle);
  for (const customer of [page, other]) {
    await expect(
      customer.getByRole("heading", { name: words.en.wizard.headings.details }).or(lost(customer)),
    ).toBeVisible();
  }
  const losers = [];
  for (const customer of [page, other]) if (await lost(customer).isVisible()) losers.push(customer);
  expect(losers).toHaveLength(1);
  for (const loser of losers) {
    await loser.getByRole("alert").getByRole("listitem").first().getByRole("button").click();
    await loser.waitForURL(/\/details$/);
  }
  await other.context().close();
});

test("another device goes on at the same step, with what was sent there", async ({ page, browser }) => {
  const email = await newCustomer(page);
  const [slot] = await freeTimes(page, ONE_SEAT, 13);
  const bookingId = await draftAt(page, "details", slot!);
  const other = await otherBrowser(browser);
  await logIn(other, email);
  await other.goto("/en/bookings?view=drafts");
  await other.locator("main article a").click();
  await other.waitForURL(/\/details$/);
  await other.locator("#address").fill("Patan Dhoka 3");
  await other.locator("#city").selectOption({ index: 1 });
  await goOn(other).click();
  await other.waitForURL(/\/payment$/);
  await openStep(page, bookingId, "details");
  await expect(page.locator("#address")).toHaveValue("Patan Dhoka 3");
  await page.goto("/en/bookings?view=drafts");
  await page.locator("main article a").click();
  await page.waitForURL(/\/payment$/);
  await other.context().close();
});

test("of two tabs that send the request at once, both show the one booking", async ({ page, context }) => {
  await newCustomer(page);
  const [slot] = await freeTimes(page, ONE_SEAT, 14);
  const bookingId = await draftAt(page, "confirmation", slot!);
  const second = await context.newPage();
  await openStep(second, bookingId, "confirmation");
  await Promise.all([page, second].map((tab) => tab.getByRole("button", { name: sendRequest }).click()));
  for (const tab of [page, second]) {
    await expect(tab.getByRole("heading", { level: 1 })).toHaveText(
      words.en.payment.outcomes.requested.title,
    );
  }
  await page.goto("/en/bookings");
  await expect(page.locator("main article")).toHaveCount(1);
});

test("a tab that was left behind leads to the booking that the other one made", async ({ page, context }) => {
  await newCustomer(page);
  const [slot] = await freeTimes(page, ONE_SEAT, 15);
  const bookingId = await draftAt(page, "confirmation", slot!);
  const second = await context.newPage();
  await openStep(second, bookingId, "payment");
  await page.getByRole("button", { name: sendRequest }).click();
  await page.waitForURL(/\/result/);
  await second.locator('input[value="esewa"]').check();
  await goOn(second).click();
  await second.waitForURL(/\/result/);
  await expect(second.getByRole("heading", { level: 1 })).toHaveText(
    words.en.payment.outcomes.requested.title,
  );
});

test("a tab that somebody comes back to shows the time that the other one chose", async ({
  page,
  context,
}) => {
  await newCustomer(page);
  const [slot, later] = await freeTimes(page, ONE_SEAT, 16);
  const bookingId = await draftAt(page, "payment", slot!);
  const second = await context.newPage();
  await openStep(second, bookingId, "datetime");
  await second.locator(`input[name="time"][value="${later!.start_time}"]`).check();
  await goOn(second).click();
  await second.waitForURL(/\/payment$/);
  await comeBack(page);
  await expect(page.locator("aside")).toContainText(later!.start_time.slice(0, 5));
});
