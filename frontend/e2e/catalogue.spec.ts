import { expect, expectAccessible, phone, test, toPayment, words } from "./site";

const SERVICE = "physiotherapy-at-home";
const PUBLIC = ["", "/services", `/services/${SERVICE}`, "/login", "/register", "/password-reset"];

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("the catalogue is read, searched and narrowed", async ({ page }) => {
    await page.goto("/en");
    await page.locator("#search").fill("yoga");
    await page.getByRole("button", { name: "Search" }).click();
    await expect(page).toHaveURL(/search=yoga/);
    await page.locator("main article h2 a").first().click();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  });
});

for (const locale of ["en", "ne"] as const) {
  for (const viewport of [{ width: 1280, height: 900 }, phone]) {
    test(`axe finds nothing on public pages in ${locale} at ${viewport.width}`, async ({ page }) => {
      await page.setViewportSize(viewport);
      for (const path of PUBLIC) {
        await page.goto(`/${locale}${path}`);
        await expectAccessible(page);
      }
    });
  }

  test(`axe finds nothing on the wizard's steps in ${locale}`, async ({ page }) => {
    await page.setViewportSize(phone);
    await toPayment(page, locale, SERVICE, 10 + (locale === "ne" ? 1 : 0));
    await page.locator('input[value="khalti"]').waitFor();
    await expectAccessible(page);
    for (const step of ["details", "datetime", "service"]) {
      await page.goto(page.url().replace(/\/[a-z]+$/, `/${step}`));
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.locator('main button[type="submit"]').waitFor();
      await expectAccessible(page);
    }
  });
}

test("an address that nothing has says so in the visitor's language", async ({ page }) => {
  const answer = await page.goto("/ne/nowhere");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.ne.common.notFoundTitle);
});
