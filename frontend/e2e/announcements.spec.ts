import type { Locator, Page } from "@playwright/test";

import { expect, phoneKnown, pickTime, register, test, toPayment, words } from "./site";
import { logInAsCustomer } from "./tour";

const SERVICE = "physiotherapy-at-home";
const { bookings, catalogue, common, payment, wizard } = words.en;

test.describe("the focus goes where the eye goes", () => {
  test("to the times of a day that was chosen", async ({ page }) => {
    await pickTime(page, "en", SERVICE);
    await page.locator('[role=gridcell] [aria-disabled="false"]').nth(3).click();
    await expect(page.locator("#times-heading")).toBeFocused();
  });

  test("to what is wrong, from there to its field, and to the next step's heading", async ({ page }) => {
    await pickTime(page, "en", SERVICE);
    await submit(page).click();
    await page.getByRole("link", { name: common.register }).click();
    await submit(page).click();
    await expect(summary(page)).toBeFocused();
    await register(page, "en");
    await page.waitForURL(/\/details$/);
    await phoneKnown(page);
    await submit(page).click();
    await expect(summary(page)).toBeFocused();
    await expect(summary(page)).toMatchAriaSnapshot(`
      - alert "${common.errorSummary}":
        - heading "${common.errorSummary}" [level=2]
        - list:
          - listitem:
            - 'link "${wizard.address}: ${wizard.wrong.missing}"'
          - listitem:
            - 'link "${wizard.city}: ${wizard.wrong.missing}"'
    `);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect(page.locator("#address")).toBeFocused();
    await page.keyboard.type("Lazimpat 4");
    await page.locator("#city").selectOption({ index: 1 });
    await submit(page).click();
    await expect(page.getByRole("heading", { level: 1, name: wizard.headings.payment })).toBeFocused();
    await submit(page).click();
    await expect(summary(page)).toBeFocused();
  });

  test("back to what opened a dialog", async ({ page }) => {
    const { paid } = await logInAsCustomer(page);
    await page.goto(`/en/bookings/${paid}`);
    const opener = page.getByRole("button", { name: bookings.cancel, exact: true });
    await opener.click();
    await expect(page.locator("#reason")).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(opener).toBeFocused();
    await opener.click();
    await page.getByRole("button", { name: bookings.keep }).click();
    await expect(opener).toBeFocused();
  });

  test("to the booking's heading, once the button that cancelled it is gone", async ({ page }) => {
    await toPayment(page, "en", SERVICE, 11);
    await page.locator('input[value="cash"]').check();
    await submit(page).click();
    await page.getByRole("button", { name: wizard.sendRequest }).click();
    await page.getByRole("link", { name: payment.seeBooking }).click();
    await page.getByRole("button", { name: bookings.cancel, exact: true }).click();
    await page.locator("#reason").fill("We are out of the valley that day.");
    await page.getByRole("button", { name: bookings.cancelNow }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await expect.poll(() => spoken(page)).toContain(bookings.status.cancelled);
  });
});

test.describe("live regions say", () => {
  test("which month is shown, and how many times a day has", async ({ page }) => {
    await pickTime(page, "en", SERVICE);
    const shown = await page.getByRole("grid").getAttribute("aria-label");
    const month = (shown ?? "").replace(wizard.gridLabel.replace("{month}", ""), "");
    const times = await page.locator('input[name="time"]').count();
    expect(await spoken(page)).toContain(month);
    expect(await spoken(page)).toContain(times === 1 ? "1 time is free." : `${times} times are free.`);
  });

  test("how many services a search leaves", async ({ page }) => {
    await page.goto("/en/services?category=cleaning");
    const count = await page.locator("main article").count();
    expect(await spoken(page)).toContain(catalogue.found.replace("{count}", String(count)));
  });

  test("that a held time soon runs out", async ({ page }) => {
    await toPayment(page, "en", SERVICE, 12);
    await page.route("**/api/booking-wizard/*/", async (route) => {
      const answer = await route.fetch();
      const end = new Date(Date.now() + 304_000).toISOString();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), hold_expires_at: end } });
    });
    await page.reload();
    await page.getByRole("timer").waitFor();
    await expect.poll(() => spoken(page)).toContain("Your time is held for 5 more minutes.");
    expect((await spoken(page)).join()).not.toContain(wizard.heldFor);
  });

  test("that a slip is on its way, and that it has come", async ({ page }) => {
    await toPayment(page, "en", SERVICE, 13);
    await page.locator('input[value="bank_transfer"]').check();
    await submit(page).click();
    await page.getByRole("button", { name: wizard.sendAndTransfer }).click();
    await page.locator("#reference").fill("NIC-4711");
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    await page.route("**/proof/", async (route) => {
      if (route.request().method() === "POST") await arrived;
      await route.continue();
    });
    await submit(page).click();
    await expect(page.getByRole("progressbar", { name: payment.uploading })).toBeVisible();
    expect((await spoken(page)).join()).toContain(payment.uploading);
    arrive();
    const thanks = page.getByText(payment.proofSent);
    await expect(thanks).toBeVisible();
    expect((await spoken(page)).join()).toContain(payment.proofSent);
    await expect(page.locator(":focus")).toContainText(payment.proofSent);
  });

  test("how a payment ended that was not decided at first", async ({ page }) => {
    const { paid } = await logInAsCustomer(page);
    const settled: unknown = await (await page.request.get(`/api/bookings/${paid}/`)).json();
    let known: unknown = Object.assign({}, settled, {
      status: "draft",
      payment_status: "processing",
      payment_method: "khalti",
    });
    await page.route(`**/api/bookings/${paid}/`, (route) => route.fulfill({ json: known }));
    await page.goto(`/en/booking/${paid}/result`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Khalti has not decided yet");
    expect(await spoken(page)).toContain(payment.asking);
    known = settled;
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(payment.outcomes.paid.title);
    expect((await spoken(page)).join()).toContain(payment.outcomes.paid.title);
  });
});

function submit(page: Page): Locator {
  return page.locator('main button[type="submit"]');
}

function summary(page: Page): Locator {
  return page.getByRole("alert", { name: common.errorSummary });
}

/** Returns what the live regions hold, as the browser's accessibility tree gives it to screen readers. */
async function spoken(page: Page): Promise<string[]> {
  const browser = await page.context().newCDPSession(page);
  const { nodes } = await browser.send("Accessibility.getFullAXTree");
  await browser.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const textOf = (id: string): string => {
    const node = byId.get(id);
    if (node?.role?.value === "StaticText") return String(node.name?.value ?? "");
    return (node?.childIds ?? []).map(textOf).join(" ").trim();
  };
  return nodes
    .filter((node) => node.properties?.some(({ name, value }) => name === "live" && value.value !== "off"))
    .map(({ nodeId }) => textOf(nodeId));
}
