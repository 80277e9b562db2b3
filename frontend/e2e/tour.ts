import { expect, type Page } from "@playwright/test";

import type { components } from "../src/api/schema";
import { choosePayment, type Locale, phoneKnown, pickTime, register, words } from "./site";

/** What is done with each page and step of a tour. */
export type Visit = (name: string) => Promise<void>;

type Tour = (page: Page, locale: Locale, visit: Visit) => Promise<void>;

/** Every page and step of the site, for whoever looks at all of them. */
export const tours = { catalogue, entry, booking, outcomes, bookings, account } satisfies Record<
  string,
  Tour
>;

const SERVICE = "home-deep-cleaning";
const customer = { email: "customer@sewabazaar.test", password: "sewabazaar-demo" };

async function catalogue(page: Page, locale: Locale, visit: Visit): Promise<void> {
  await page.goto(`/${locale}`);
  await visit("start");
  await page.goto(`/${locale}/services?category=cleaning`);
  await visit("services");
  await page.goto(`/${locale}/services?search=submarine`);
  await visit("services-none");
  await page.goto(`/${locale}/services/${SERVICE}`);
  await visit("service");
  await page.locator('main a[href*="/providers/"]').first().click();
  await page.waitForURL(/\/providers\//);
  await visit("provider");
  await page.goto(`/${locale}/nowhere`);
  await visit("not-found");
}

async function entry(page: Page, locale: Locale, visit: Visit): Promise<void> {
  const submit = page.locator('main button[type="submit"]');
  await page.goto(`/${locale}/login`);
  await visit("login");
  await page.goto(`/${locale}/bookings`);
  await page.locator("#email").waitFor();
  await visit("bookings-login");
  await page.goto(`/${locale}/register`);
  await submit.click();
  await page.locator("main [role=alert]").waitFor();
  await visit("register-errors");
  await page.goto(`/${locale}/password-reset`);
  await visit("password-reset");
  await page.goto(`/${locale}/reset-password?uid=MQ&token=x`);
  await visit("password-new");
  await page.goto(`/${locale}/verify-email?token=x`);
  await page.locator("main [role=alert]").waitFor();
  await visit("verify-email-failed");
  await page.route("**/api/auth/verify-email/", (route) =>
    route.fulfill({ status: 400, json: refusal("password_required") }),
  );
  await page.reload();
  await submit.waitFor();
  await visit("verify-email");
  await page.goto(`/${locale}/booking/result?status=unknown`);
  await visit("payment-unknown");
}

async function booking(page: Page, locale: Locale, visit: Visit): Promise<void> {
  const submit = page.locator('main button[type="submit"]');
  await page.goto(`/${locale}/book/new`);
  await page.locator('input[name="service"]').first().waitFor();
  await visit("step-service");
  await pickTime(page, locale, SERVICE);
  await visit("step-datetime");
  await submit.click();
  await page.getByRole("link", { name: words[locale].common.register }).click();
  await register(page, locale);
  await page.waitForURL(/\/details$/);
  await phoneKnown(page);
  await submit.click();
  await page.locator("main [role=alert]").waitFor();
  await visit("step-details-errors");
  await page.locator("#address").fill("Lazimpat 4");
  await page.locator("#city").selectOption({ index: 1 });
  await page.getByRole("checkbox").check();
  await page.reload();
  await page.locator("#recurring_count").waitFor();
  await expect(page.locator("#city")).not.toHaveValue("");
  await visit("step-details");
  await page.getByRole("checkbox").uncheck();
  await submit.click();
  await page.waitForURL(/\/payment$/);
  await page.locator('input[value="khalti"]').check();
  await visit("step-payment");
  await choosePayment(page, "khalti");
  await visit("step-confirmation");
  await loseTime(page, locale, visit);
}

/** The time goes to somebody else while its holder looks at the calendar. */
async function loseTime(page: Page, locale: Locale, visit: Visit): Promise<void> {
  await page.goto(page.url().replace(/\/[a-z]+$/, "/datetime"));
  await page.locator('input[name="time"]:checked').waitFor();
  const held = await page.evaluate(() => new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10));
  const alternatives = ["09:00:00", "10:30:00", "14:00:00"].map((time) => ({
    starts_at: `${held}T${time}+05:45`,
    date: held,
    start_time: time,
  }));
  await page.route("**/api/booking-wizard/create-step/", (route) =>
    route.fulfill({ status: 409, json: { ...refusal("slot_unavailable"), alternatives } }),
  );
  await page.locator('main button[type="submit"]').click();
  await page.getByText(words[locale].wizard.lostTitle).waitFor();
  await page.locator('main button[type="submit"]').waitFor();
  await visit("step-datetime-lost");
}

/** What the result page says, by what booking and payment then are. */
const OUTCOMES = {
  paid: { status: "confirmed", payment_status: "completed" },
  requested: { status: "pending", payment_status: "pending", payment_method: "cash" },
  deciding: { status: "draft", payment_status: "processing", payment_method: "khalti" },
  failed: { status: "draft", payment_status: "pending" },
  expired: { status: "expired", payment_status: "failed" },
  goingBack: { status: "cancelled", payment_status: "refund_pending" },
  returned: { status: "cancelled", payment_status: "refunded" },
  doubtful: { status: "draft", payment_status: "needs_attention" },
  over: { status: "cancelled", payment_status: "failed" },
} as const;

async function outcomes(page: Page, locale: Locale, visit: Visit): Promise<void> {
  const { paid, transfer } = await logInAsCustomer(page);
  const { outcomes: said, wallets } = words[locale].payment;
  const known: unknown = await (await page.request.get(`/api/bookings/${paid}/`)).json();
  let shown = known;
  await page.route(`**/api/bookings/${paid}/`, (route) => route.fulfill({ json: shown }));
  for (const outcome of Object.keys(OUTCOMES).filter(isOutcome)) {
    shown = Object.assign({}, known, OUTCOMES[outcome]);
    await page.goto(`/${locale}/booking/${paid}/result`);
    await page
      .getByRole("heading", { level: 1, name: said[outcome].title.replace("{method}", wallets.khalti) })
      .waitFor();
    await visit(`result-${outcome.toLowerCase()}`);
  }
  await page.goto(`/${locale}/booking/${transfer}/result`);
  await page.getByText(words[locale].payment.accountNumber).waitFor();
  await visit("result-transfer");
}

function isOutcome(name: string): name is keyof typeof OUTCOMES {
  return name in OUTCOMES;
}

async function bookings(page: Page, locale: Locale, visit: Visit): Promise<void> {
  const { paid, done, toPay } = await logInAsCustomer(page);
  for (const view of ["upcoming", "past", "drafts"]) {
    await page.goto(`/${locale}/bookings?view=${view}`);
    await page.locator("main article, main ul:empty + *, main p").first().waitFor();
    await visit(`bookings-${view}`);
  }
  await page.goto(`/${locale}/bookings/${paid}`);
  await page.getByRole("heading", { name: words[locale].bookings.history }).waitFor();
  await visit("booking");
  await page.getByRole("button", { name: words[locale].bookings.cancel, exact: true }).click();
  await page.getByRole("dialog").getByRole("status").last().waitFor();
  await visit("booking-cancel");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: words[locale].bookings.reschedule }).click();
  await page.getByRole("dialog").locator('input[name="time"]').first().waitFor();
  await visit("booking-reschedule");
  await page.goto(`/${locale}/bookings/${toPay}/pay`);
  await page.locator('input[value="khalti"]').check();
  await visit("booking-pay");
  await page.goto(`/${locale}/bookings/${done}/review`);
  await visit("booking-review");
  await page.route("**/api/bookings/**", (route) => route.abort());
  await page.goto(`/${locale}/bookings`);
  await page.locator("main [role=alert]").waitFor();
  await visit("bookings-away");
}

async function account(page: Page, locale: Locale, visit: Visit): Promise<void> {
  await logInAsCustomer(page);
  await page.goto(`/${locale}/account`);
  await page.locator("#full_name").waitFor();
  await visit("account");
  await page.goto(`/${locale}/settings/notifications`);
  await page.getByRole("checkbox").first().waitFor();
  await visit("settings");
}

/** Logs in as the demo's customer, and returns a booking of theirs of each kind that is looked at. */
export async function logInAsCustomer(page: Page) {
  const headers = { "Sec-Fetch-Site": "same-origin" };
  expect((await page.request.post("/session", { data: customer, headers })).status()).toBe(200);
  const answer = await page.request.get("/api/bookings/?page_size=100");
  const all: Booking[] = (await answer.json()).results;
  const having = (method: string, action: Booking["allowed_actions"][number]) =>
    all.find((booking) => booking.payment_method === method && booking.allowed_actions.includes(action))?.id;
  return {
    paid: having("khalti", "reschedule"),
    transfer: having("bank_transfer", "pay"),
    toPay: having("cash", "pay"),
    done: all.find((booking) => booking.allowed_actions.includes("review"))?.id,
  };
}

type Booking = Pick<components["schemas"]["Booking"], "id" | "payment_method" | "allowed_actions">;

function refusal(code: string) {
  return { type: "client_error", errors: [{ code, detail: code, attr: null }] };
}
