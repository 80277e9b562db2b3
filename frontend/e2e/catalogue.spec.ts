import { expect, test, words } from "./site";

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("a login that is sent before the scripts are there keeps the password out of the address", async ({
    page,
  }) => {
    await page.goto("/en/login");
    await page.locator("#email").fill("asha@example.com");
    await page.locator("#password").fill("mountain-River-27");
    await page.locator("main").getByRole("button", { name: words.en.common.logIn }).click();
    await page.waitForLoadState();
    expect(page.url()).not.toContain("mountain");
  });

  test("the start page leads to a service by a search", async ({ page }) => {
    await page.goto("/en");
    await page.locator("#search").fill("yoga");
    await page.getByRole("button", { name: words.en.catalogue.searchButton }).click();
    await expect(page).toHaveURL(/search=yoga/);
    await page.locator("main article h2 a").first().click();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  });

  test("the start page shows what is near, and remembers the city", async ({ page }) => {
    await page.goto("/en");
    await page.locator("#near").selectOption("kathmandu");
    await page.getByRole("button", { name: words.en.catalogue.showNear }).click();
    const near = page.getByRole("region", { name: "Well liked in Kathmandu" });
    await expect(near.locator("article")).toHaveCount(3);
    await page.goto("/en");
    await expect(near).toBeVisible();
    await page.getByRole("link", { name: words.en.catalogue.otherCity }).click();
    await expect(page.locator("#near")).toBeVisible();
  });

  test("the address that browsers ask for an icon has one", async ({ page }) => {
    const answer = await page.request.get("/favicon.ico", { maxRedirects: 0 });
    expect([answer.status(), answer.headers()["content-type"]]).toEqual([200, "image/x-icon"]);
  });

  test("the start page leads to each category", async ({ page }) => {
    await page.goto("/ne");
    const categories = page.locator('main a[href*="/services?category="]');
    await expect(categories).toHaveCount(12);
    await categories.first().click();
    await expect(page.locator("main article").first()).toBeVisible();
  });

  test("filters narrow the list, order it, and can be cleared", async ({ page }) => {
    await page.goto("/en/services");
    await page.locator("#category").selectOption("cleaning");
    await page.locator("#max_price").fill("2000");
    await page.locator("#ordering").selectOption("price");
    await page.getByRole("button", { name: words.en.catalogue.show }).click();
    await expect(page).toHaveURL(/category=cleaning.*max_price=2000.*ordering=price/);
    const count = await page.locator("main article").count();
    expect(count).toBeGreaterThan(0);
    await expect(page.getByRole("status")).toHaveText(`Services found: ${count}`);
    await page.getByRole("link", { name: words.en.catalogue.clear }).click();
    expect(await page.locator("main article").count()).toBeGreaterThan(count);
  });

  test("the list goes on over several pages", async ({ page }) => {
    await page.goto("/en/services");
    const first = await page.locator("main article h2").first().textContent();
    await page.getByRole("link", { name: words.en.catalogue.next }).click();
    await expect(page).toHaveURL(/page=2/);
    await expect(page.locator("main article h2").first()).not.toHaveText(first ?? "");
  });

  test("a service's page tells all, and leads to its provider and into the booking", async ({ page }) => {
    await page.goto("/en/services/home-deep-cleaning");
    for (const heading of ["included", "staff", "cancelling", "reviews", "nextFreeDays"] as const) {
      await expect(page.getByRole("heading", { name: words.en.catalogue[heading] })).toBeVisible();
    }
    await expect(page.locator("main del")).toBeVisible();
    await expect(page.getByRole("link", { name: words.en.catalogue.bookNow })).toHaveAttribute(
      "href",
      /\/book\/new\?service=\d+$/,
    );
    await expect(page.locator('a[href*="/book/new?service="][href*="date="]').first()).toBeVisible();
    await page.locator('main a[href*="/providers/"]').first().click();
    await expect(page.getByRole("heading", { name: words.en.catalogue.offers })).toBeVisible();
    await page.locator("main article h3 a").first().click();
    await expect(page).toHaveURL(/\/services\//);
  });
});

test("an address that nothing has says so in the visitor's language", async ({ page }) => {
  const answer = await page.goto("/ne/nowhere");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.ne.common.notFoundTitle);
});
