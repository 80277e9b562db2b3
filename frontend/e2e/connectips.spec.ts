import { generateKeyPairSync } from "node:crypto";

import { testWithOwnServers } from "./own-servers";
import { choosePayment, expect, toPayment, words } from "./site";

const SERVICE = "physiotherapy-at-home";
const { outcomes } = words.en.payment;

const test = testWithOwnServers({
  CONNECTIPS_MERCHANT_ID: "7",
  CONNECTIPS_APP_ID: "MER-7-APP-1",
  CONNECTIPS_APP_NAME: "SewaBazaar",
  CONNECTIPS_PASSWORD: "of the application",
  CONNECTIPS_PRIVATE_KEY: generateKeyPairSync("rsa", { modulusLength: 2048 })
    .privateKey.export({ type: "pkcs8", format: "der" })
    .toString("base64"),
});

test.setTimeout(120_000);

test("a booking is paid from a bank account once ConnectIPS is set up", async ({ page }) => {
  await toPayment(page, "en", SERVICE, 1);
  await choosePayment(page, "connectips");
  await page.getByRole("button", { name: /Pay .* with ConnectIPS/ }).click();
  await page.waitForURL(/\/sandbox\/connectips\/pay\//);

  await page.getByRole("button", { name: "Pay", exact: true }).click();

  await page.waitForURL(/\/booking\/\d+\/result/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(outcomes.paid.title);
});
