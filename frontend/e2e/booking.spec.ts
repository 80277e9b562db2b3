import { chooseTime, choosePayment, expect, large, phone, register, test, toPayment, words } from "./site";

const SERVICE = "physiotherapy-at-home";

// Each on a day of its own: two at once would want the same time.
for (const [locale, wallet, paying, viewport, day] of [
  ["en", "khalti", /with Khalti/, large, 0],
  ["en", "khalti", /with Khalti/, phone, 14],
  ["ne", "khalti", /^खल्ती बाट/, large, 15],
  ["ne", "khalti", /^खल्ती बाट/, phone, 16],
  ["ne", "esewa", /^इसेवा बाट/, phone, 1],
] as const) {
  test(`somebody new books and pays with ${wallet} in ${locale} at ${viewport.width}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await toPayment(page, locale, SERVICE, day);
    await choosePayment(page, wallet);
    await page.locator("main").getByRole("button", { name: paying }).click();
    await page.waitForURL(/\/sandbox\//);
    await page.getByRole("button", { name: "Pay", exact: true }).click();
    await page.waitForURL(new RegExp(`/${locale}/booking/\\d+/result`));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(
      words[locale].payment.outcomes.paid.title,
    );
    await page.getByRole("link", { name: words[locale].payment.seeBooking }).click();
    await expect(page.getByText(words[locale].bookings.status.confirmed).first()).toBeVisible();
  });
}

test("a payment that is cancelled can be made again", async ({ page }) => {
  await toPayment(page, "en", SERVICE, 2);
  await choosePayment(page, "khalti");
  await page.getByRole("button", { name: /with Khalti/ }).click();
  await page.waitForURL(/\/sandbox\//);
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.waitForURL(/\/result/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.en.payment.outcomes.failed.title);
  await page.getByRole("link", { name: words.en.payment.payAgain }).click();
  await page.waitForURL(/\/confirmation$/);
});

test("a request in cash is sent once, however often one clicks", async ({ page }) => {
  await toPayment(page, "en", SERVICE, 3);
  await choosePayment(page, "cash");
  await page.getByRole("button", { name: words.en.wizard.sendRequest }).dblclick();
  await page.waitForURL(/\/result/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.en.payment.outcomes.requested.title);
  await page.goto("/en/bookings");
  await expect(page.locator("main article")).toHaveCount(1);
});

test("a bank transfer shows where to send the money", async ({ page }) => {
  await toPayment(page, "en", SERVICE, 8);
  await choosePayment(page, "bank_transfer");
  await page.getByRole("button", { name: words.en.wizard.sendAndTransfer }).click();
  await page.waitForURL(/\/result/);
  await expect(page.getByText(words.en.payment.accountNumber)).toBeVisible();
});

test("a reload and Back stay in the booking, with what was typed", async ({ page }) => {
  await chooseTime(page, "en", SERVICE, 5);
  await page.getByRole("link", { name: words.en.common.register }).click();
  await register(page, "en");
  await page.waitForURL(/\/details$/);
  await page.locator("#address").fill("Jhamsikhel 7");
  await page.reload();
  await expect(page.locator("#address")).toHaveValue("Jhamsikhel 7");
  await page.goBack();
  await page.waitForURL(/\/datetime$/);
  await expect(page.locator('input[name="time"]:checked')).toHaveCount(1);
});

test("who comes second is offered other times", async ({ page, browser }) => {
  await chooseTime(page, "en", SERVICE, 6);
  const other = await browser.newContext({ baseURL: process.env.SITE_URL });
  const quicker = await other.newPage();
  await chooseTime(quicker, "en", SERVICE, 6);
  await quicker.getByRole("link", { name: words.en.common.register }).click();
  await register(quicker, "en");
  await quicker.waitForURL(/\/details$/);
  await page.getByRole("link", { name: words.en.common.register }).click();
  await register(page, "en");
  await expect(page.getByText(words.en.wizard.lostTitle)).toBeVisible();
  await page.getByRole("alert").getByRole("button").first().click();
  await page.waitForURL(/\/details$/);
  await other.close();
});

test("no token is in anything that scripts can read", async ({ page }) => {
  await page.goto("/en/register");
  await register(page, "en");
  await page.waitForURL(/\/bookings$/);
  const readable = await page.evaluate(() =>
    JSON.stringify([
      document.cookie,
      { ...localStorage },
      { ...sessionStorage },
      document.documentElement.outerHTML,
    ]),
  );
  expect(readable).not.toMatch(/eyJ[A-Za-z0-9_-]{10,}\./);
});
