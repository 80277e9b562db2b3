import type { Page, Request } from "@playwright/test";

import { draftAt, freeTimes, newCustomer, openStep, type Step } from "./drafts";
import { expect, phoneKnown, pickTime, register, test, words } from "./site";

const SERVICE = "haircut-at-home";

/** Begins a booking at a step, and returns its number. */
async function begun(page: Page, step: Step, nth: number, method = "cash"): Promise<number> {
  await newCustomer(page);
  const times = await freeTimes(page, SERVICE, nth);
  return draftAt(page, step, times[0]!, method);
}

const goOn = (page: Page) => page.locator('main button[type="submit"]');

/** Chooses a day of the next month, and the first of its times. */
async function chooseOther(page: Page): Promise<void> {
  await page.getByRole("button", { name: words.en.wizard.nextMonth }).click();
  await page.locator('[role="gridcell"] button[aria-disabled="false"]').nth(20).click();
  await page.locator('input[name="time"]').first().check();
}

async function fillDetails(page: Page): Promise<void> {
  await page.locator("#address").fill("Jhamsikhel 7");
  await page.locator("#city").selectOption({ index: 1 });
}

test("a reload keeps another service that was chosen", async ({ page }) => {
  const bookingId = await begun(page, "details", 0);
  await openStep(page, bookingId, "service");
  await page.locator("#service-search").fill("yoga");
  await page.locator('input[name="service"]').nth(1).check();
  await page.reload();
  await expect(page.locator("#service-search")).toHaveValue("yoga");
  await expect(page.locator('input[name="service"]').nth(1)).toBeChecked();
});

test("a reload keeps a time that was chosen and is not held yet", async ({ page }) => {
  const bookingId = await begun(page, "details", 1);
  await openStep(page, bookingId, "datetime");
  await page.locator('input[name="time"]').nth(2).check();
  await page.reload();
  await expect(page.locator('input[name="time"]').nth(2)).toBeChecked();
});

test("a reload keeps the details that were typed", async ({ page }) => {
  await begun(page, "details", 2);
  await fillDetails(page);
  await page.locator("#is_recurring").check();
  await page.locator("#recurring_count").fill("3");
  await page.reload();
  await expect(page.locator("#address")).toHaveValue("Jhamsikhel 7");
  await expect(page.locator("#city")).not.toHaveValue("");
  await expect(page.locator("#recurring_count")).toHaveValue("3");
});

test("a reload keeps the way to pay that was chosen", async ({ page }) => {
  await begun(page, "payment", 3);
  await page.locator('input[value="esewa"]').check();
  await page.reload();
  await expect(page.locator('input[value="esewa"]')).toBeChecked();
});

test("a reload stays on the confirmation", async ({ page }) => {
  await begun(page, "confirmation", 4);
  await page.reload();
  await expect(page).toHaveURL(/\/confirmation$/);
  await expect(page.locator("main")).toContainText("Lazimpat 4");
});

test("Back leads through every step, each with what was sent, and Forward to the end", async ({ page }) => {
  await begun(page, "datetime", 5);
  await chooseOther(page);
  const time = await page.locator('input[name="time"]:checked').inputValue();
  await goOn(page).click();
  await page.waitForURL(/\/details$/);
  await fillDetails(page);
  await goOn(page).click();
  await page.waitForURL(/\/payment$/);
  await page.locator('input[value="cash"]').check();
  await goOn(page).click();
  await page.waitForURL(/\/confirmation$/);
  await page.goBack();
  await expect(page.locator('input[value="cash"]')).toBeChecked();
  await page.goBack();
  await expect(page.locator("#address")).toHaveValue("Jhamsikhel 7");
  await page.goBack();
  await expect(page.locator('input[name="time"]:checked')).toHaveValue(time);
  for (const step of ["details", "payment", "confirmation"]) {
    await page.goForward();
    await expect(page).toHaveURL(new RegExp(`/${step}$`));
  }
});

for (const step of ["datetime", "details", "payment", "confirmation"] as const) {
  test(`a draft that was left on the step "${step}" goes on there from my bookings`, async ({ page }) => {
    await begun(page, step, 6);
    await page.goto("/en/bookings?view=drafts");
    await page.locator("main article a").click();
    await expect(page).toHaveURL(new RegExp(`/${step}$`));
  });
}

/** Counts the steps that a page sends. */
function sentSteps(page: Page): Request[] {
  const sent: Request[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && /create-step|initiate/.test(request.url())) sent.push(request);
  });
  return sent;
}

const clicks: Record<Step, (page: Page) => Promise<void>> = {
  datetime: async (page) => {
    await chooseOther(page);
    await goOn(page).dblclick();
    await page.waitForURL(/\/details$/);
  },
  details: async (page) => {
    await fillDetails(page);
    await goOn(page).dblclick();
    await page.waitForURL(/\/payment$/);
  },
  payment: async (page) => {
    await page.locator('input[value="khalti"]').check();
    await goOn(page).dblclick();
    await page.waitForURL(/\/confirmation$/);
  },
  confirmation: async (page) => {
    await page.getByRole("button", { name: /Khalti/ }).dblclick();
    await page.waitForURL(/\/sandbox\//);
  },
};

for (const step of ["datetime", "details", "payment", "confirmation"] as const) {
  test(`a double click takes the step "${step}" once`, async ({ page }) => {
    await begun(page, step, 7, "khalti");
    const sent = sentSteps(page);
    await clicks[step](page);
    await page.goBack();
    await expect(page).toHaveURL(new RegExp(`/${step}$`));
    expect(sent).toHaveLength(1);
  });
}

test("a click while the next step is still loading sends nothing", async ({ page }) => {
  await begun(page, "details", 9);
  await fillDetails(page);
  const sent = sentSteps(page);
  let load = () => {};
  const mayLoad = new Promise<void>((resolve) => (load = resolve));
  await page.route(/\/payment\?_rsc=/, async (route) => {
    await mayLoad;
    await route.continue();
  });
  const answered = page.waitForResponse(/create-step/);
  const asked = page.waitForRequest(/\/payment\?_rsc=/);
  await goOn(page).click();
  await Promise.all([answered, asked]);
  // By force: a person doesn't wait until a button is enabled.
  await page.locator("main").getByRole("button").last().click({ force: true });
  load();
  await page.waitForURL(/\/payment$/);
  expect(sent).toHaveLength(1);
});

test("a double click begins one booking", async ({ page }) => {
  await newCustomer(page);
  const [slot] = await freeTimes(page, SERVICE, 8);
  await page.goto(`/en/book/new?service=${slot!.service}&date=${slot!.date}&time=${slot!.start_time}`);
  await goOn(page).dblclick();
  await page.waitForURL(/\/details$/);
  await page.goto("/en/bookings?view=drafts");
  await expect(page.locator("main article")).toHaveCount(1);
});

test("Back from a booking that was begun in the catalogue shows its time, then the catalogue", async ({
  page,
}) => {
  await newCustomer(page);
  await pickTime(page, "en", SERVICE, 3);
  const sent = sentSteps(page);
  const time = await page.locator('input[name="time"]:checked').inputValue();
  await goOn(page).click();
  await page.waitForURL(/\/details$/);
  await phoneKnown(page);
  await fillDetails(page);
  await goOn(page).click();
  await page.waitForURL(/\/payment$/);
  await page.goBack();
  await expect(page.locator("#address")).toHaveValue("Jhamsikhel 7");
  await page.goBack();
  await expect(page.locator('input[name="time"]:checked')).toHaveValue(time);
  await expect(goOn(page)).toHaveText(words.en.wizard.holdAndGoOn);
  // The draft, its time and its details: nothing was sent again on the way back.
  expect(sent).toHaveLength(3);
  await expect(page).toHaveURL(/\/datetime$/);
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`/services/${SERVICE}$`));
});

test("Back from the login keeps the time that was chosen", async ({ page }) => {
  await pickTime(page, "en", SERVICE, 4);
  const time = await page.locator('input[name="time"]:checked').inputValue();
  await goOn(page).click();
  await page.waitForURL(/\/login\?/);
  await page.goBack();
  await expect(page.locator('input[name="time"]:checked')).toHaveValue(time);
});

test("the language link leads to the step that is shown, with what was chosen", async ({ page }) => {
  await newCustomer(page);
  await pickTime(page, "en", SERVICE, 5);
  const link = page.locator('header a[hreflang="ne"]');
  await expect(link).toHaveAttribute("href", /date%3D.*time%3D/);
  await goOn(page).click();
  await page.waitForURL(/\/details$/);
  await link.click();
  await expect(page).toHaveURL(/\/ne\/book\/\d+\/details$/);
});

test("Back after a registration on the way shows the time, and begins no second booking", async ({
  page,
}) => {
  await pickTime(page, "en", SERVICE, 6);
  const time = await page.locator('input[name="time"]:checked').inputValue();
  await goOn(page).click();
  await page.locator("main").getByRole("link", { name: words.en.common.register }).click();
  await register(page, "en");
  await page.waitForURL(/\/details$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/datetime$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/book\/new\?/);
  await expect(page.locator('input[name="time"]:checked')).toHaveValue(time);
  await page.goto("/en/bookings?view=drafts");
  await expect(page.locator("main article")).toHaveCount(1);
});
