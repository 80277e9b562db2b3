import type { Page } from "@playwright/test";

import {
  comeBack,
  draftAt,
  freeTimes,
  newCustomer,
  ONE_SEAT,
  shortenHold,
  takenBySomebodyElse,
} from "./drafts";
import { expect, phone, test, words } from "./site";

const { holdAgain, holdOverTitle, lostTitle, sendRequest } = words.en.wizard;

/** Each step after the time was chosen: what a person does there before sending it, and where it is seen. */
const steps = {
  details: {
    type: (page: Page) => page.locator("#special_instructions").fill("Ring twice"),
    expectKept: (page: Page) => expect(page.locator("#special_instructions")).toHaveValue("Ring twice"),
    send: (page: Page) => page.locator('main button[type="submit"]').click(),
  },
  payment: {
    type: (page: Page) => page.locator('input[value="esewa"]').check(),
    expectKept: (page: Page) => expect(page.locator('input[value="esewa"]')).toBeChecked(),
    send: (page: Page) => page.locator('main button[type="submit"]').click(),
  },
  confirmation: {
    type: () => Promise.resolve(),
    expectKept: (page: Page) => expect(page.locator("main")).toContainText("Lazimpat 4"),
    send: (page: Page) => page.getByRole("button", { name: sendRequest }).click(),
  },
};

async function fillWhatIsMissing(page: Page): Promise<void> {
  await page.locator("#address").fill("Lazimpat 4");
  await page.locator("#city").selectOption({ index: 1 });
}

Object.entries(steps).forEach(([name, step], index) => {
  const at = name as keyof typeof steps;

  test(`a hold that runs out on the step "${at}" says so, and is taken again`, async ({ page }) => {
    await newCustomer(page);
    const [slot] = await freeTimes(page, ONE_SEAT, index);
    const bookingId = await draftAt(page, at, slot!);
    await step.type(page);
    shortenHold(bookingId);
    await comeBack(page);
    await expect(page.getByText(holdOverTitle)).toBeVisible();
    await page.reload();
    await expect(page.getByText(holdOverTitle)).toBeVisible();
    await step.expectKept(page);
    await page.getByRole("button", { name: holdAgain }).click();
    await expect(page.getByRole("timer")).toBeVisible();
    await step.expectKept(page);
    await expect(page).toHaveURL(new RegExp(`/${bookingId}/${at}$`));
  });

  test(`a time that was lost on the step "${at}" is replaced by a tap`, async ({ page, browser }) => {
    await page.setViewportSize(phone);
    await newCustomer(page);
    const [slot] = await freeTimes(page, ONE_SEAT, 4 + index);
    const bookingId = await draftAt(page, at, slot!);
    if (at === "details") await fillWhatIsMissing(page);
    await step.type(page);
    shortenHold(bookingId);
    await comeBack(page);
    await expect(page.getByText(holdOverTitle)).toBeVisible();
    await takenBySomebodyElse(browser, slot!);
    await step.send(page);
    await expect(page.getByText(lostTitle)).toBeInViewport();
    await page.getByRole("alert").getByRole("listitem").first().getByRole("button").click();
    await expect(page.getByText(lostTitle)).toBeHidden();
    await expect(page.getByRole("timer")).toBeVisible();
    await step.expectKept(page);
    await step.send(page);
    await expect(page).not.toHaveURL(new RegExp(`/${bookingId}/${at}$`));
  });
});

test("a time that was lost when paying is replaced by a tap", async ({ page, browser }) => {
  await newCustomer(page);
  const [slot] = await freeTimes(page, ONE_SEAT, 8);
  const bookingId = await draftAt(page, "confirmation", slot!, "khalti");
  shortenHold(bookingId);
  await comeBack(page);
  await expect(page.getByText(holdOverTitle)).toBeVisible();
  await takenBySomebodyElse(browser, slot!);
  await page.getByRole("button", { name: /Khalti/ }).click();
  await expect(page.getByText(lostTitle)).toBeVisible();
  await page.getByRole("alert").getByRole("listitem").first().getByRole("button").click();
  await expect(page.getByRole("timer")).toBeVisible();
  await page.getByRole("button", { name: /Khalti/ }).click();
  await page.waitForURL(/\/sandbox\//);
});
