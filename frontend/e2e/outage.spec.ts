import { expect } from "@playwright/test";

import troubleWords from "../messages/en/trouble.json" with { type: "json" };
import errorWords from "../messages/en/errors.json" with { type: "json" };
import { testWithOwnServers } from "./own-servers";
import { choosePayment, chooseTime, register, toPayment, words } from "./site";

const SERVICE = "physiotherapy-at-home";
const LONG = { timeout: 40_000 };

let visitors = 0;

const test = testWithOwnServers({
  THROTTLE_ANON: "60/min",
  THROTTLE_LOGIN: "2/min",
  THROTTLE_PAYMENT: "1/min",
  // Each test is a visitor of its own, with limits of its own.
  SITE_TRUSTED_PROXIES: "1",
}).extend({
  extraHTTPHeaders: async ({}, provide) => {
    visitors += 1;
    await provide({ "X-Forwarded-For": `10.0.0.${visitors}` });
  },
});
test.describe.configure({ mode: "default", timeout: 120_000 });

test.afterEach(async ({ servers }) => {
  await servers.startApi();
});

test("the catalogue says that the API is away, and comes back by itself", async ({
  page,
  servers,
  browser,
}) => {
  await servers.stopApi();
  const plain = await browser.newContext({ javaScriptEnabled: false, baseURL: servers.site });
  const withoutScripts = await plain.newPage();
  for (const visitor of [page, withoutScripts]) {
    const answer = await visitor.goto("/en/services?search=yoga");
    expect(answer?.status()).toBe(503);
    expect(answer?.headers()["retry-after"]).toBe("5");
    await expect(visitor.getByRole("heading", { level: 1 })).toHaveText(troubleWords.awayTitle);
  }
  expect((await page.request.get(`/en/services/${SERVICE}`)).status()).toBe(503);
  await servers.startApi();
  for (const visitor of [page, withoutScripts]) {
    await expect(visitor.locator("main article").first()).toBeVisible(LONG);
  }
  expect((await page.goto("/en/services?search=yoga"))?.status()).toBe(200);
  await plain.close();
});

test("an API that hangs holds no page for long", async ({ page, servers }) => {
  await servers.hangApi();
  const limit = { timeout: 12_000 };
  for (const path of ["/en", "/en/services?search=tutor", `/ne/services/${SERVICE}`]) {
    expect((await page.request.get(path, limit)).status()).toBe(503);
  }
  expect((await page.request.get("/en/login", limit)).status()).toBe(200);
});

test("a step keeps what was typed, and is sent again when the API is back", async ({ page, servers }) => {
  await chooseTime(page, "en", SERVICE, 0);
  await page.getByRole("link", { name: words.en.common.register }).click();
  await register(page, "en");
  await page.waitForURL(/\/details$/);
  await page.locator("#address").fill("Jhamsikhel 7");
  await page.locator("#city").selectOption({ index: 1 });
  await servers.stopApi();
  await page.locator('main button[type="submit"]').click();
  await expect(page.getByRole("alert").getByText(errorWords.unavailable)).toBeVisible();
  await expect(page.locator("#address")).toHaveValue("Jhamsikhel 7");
  await servers.startApi();
  await page.locator('main button[type="submit"]').click();
  await page.waitForURL(/\/payment$/);
});

test("a step that is opened while the API is away comes by itself, with what was typed", async ({
  page,
  servers,
}) => {
  await chooseTime(page, "en", SERVICE, 1);
  await page.getByRole("link", { name: words.en.common.register }).click();
  await register(page, "en");
  await page.waitForURL(/\/details$/);
  await page.locator("#address").fill("Jhamsikhel 7");
  await servers.stopApi();
  await page.reload();
  await expect(page.getByText(words.en.common.awayTitle)).toBeVisible(LONG);
  await servers.startApi();
  await expect(page.locator("#address")).toHaveValue("Jhamsikhel 7", LONG);
});

test("the result page says that the API is away, and shows the result when it is back", async ({
  page,
  servers,
}) => {
  await toPayment(page, "en", SERVICE, 2);
  await choosePayment(page, "cash");
  await page.getByRole("button", { name: words.en.wizard.sendRequest }).click();
  await page.waitForURL(/\/result/);
  await servers.stopApi();
  await page.reload();
  await expect(page.getByText(words.en.payment.awayText)).toBeVisible(LONG);
  await servers.startApi();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    words.en.payment.outcomes.requested.title,
    LONG,
  );
});

test("a button to pay can be pressed again when the API is back", async ({ page, servers }) => {
  await toPayment(page, "en", SERVICE, 3);
  await choosePayment(page, "esewa");
  const pay = page.getByRole("button", { name: /with eSewa/ });
  await servers.stopApi();
  await pay.click();
  await expect(page.getByRole("alert").getByText(errorWords.unavailable)).toBeVisible();
  await servers.startApi();
  await pay.click();
  await page.waitForURL(/\/sandbox\/esewa\//);
});

test("a page that was asked for too often says how long to wait, and comes back by itself", async ({
  page,
}) => {
  await expect(async () => {
    const answer = await page.request.get(`/en/services?search=${Math.random()}`);
    expect(answer.status()).toBe(429);
  }).toPass({ intervals: [0], ...LONG });
  const answer = await page.goto("/en/services?search=electrician");
  expect(answer?.status()).toBe(429);
  const wait = Number(answer?.headers()["retry-after"]);
  expect(wait).toBeGreaterThan(0);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(troubleWords.busyTitle);
  await expect(page.getByText(troubleWords.busyText.replace("{wait}", `${wait} seconds`))).toBeVisible();
  await expect(page.locator("main article").first()).toBeVisible({ timeout: 70_000 });
});

test("a login that was tried too often says how long to wait", async ({ page }) => {
  await page.goto("/en/login");
  const wait = page.getByRole("alert").getByText(/Please wait \d+ seconds/);
  await expect(async () => {
    await page.locator("#email").fill("asha@example.com");
    await page.locator("#password").fill("not-my-password");
    await page.locator("main").getByRole("button", { name: words.en.common.logIn }).click();
    await expect(wait).toBeVisible({ timeout: 1000 });
  }).toPass(LONG);
  await expect(page.locator("#email")).toHaveValue("asha@example.com");
});

test("who pays too often is told how long to wait, and finds the booking as it was", async ({ page }) => {
  await toPayment(page, "en", SERVICE, 4);
  await choosePayment(page, "esewa");
  const pay = page.getByRole("button", { name: /with eSewa/ });
  await pay.click();
  await page.waitForURL(/\/sandbox\/esewa\//);
  await page.goBack();
  await pay.click();
  await expect(page.getByRole("alert").getByText(/Please wait \d+ seconds/)).toBeVisible(LONG);
  await expect(pay).toBeEnabled();
});
