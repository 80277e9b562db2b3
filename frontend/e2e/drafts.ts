import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { type Browser, expect, type Page } from "@playwright/test";

import type { components } from "../src/api/schema";

type Schemas = components["schemas"];
export type Slot = Schemas["AvailableSlot"];
export type Step = "datetime" | "details" | "payment" | "confirmation";

const ROOT = join(import.meta.dirname, "..", "..");
export const PASSWORD = "mountain-River-27";
const DETAILS = { address: "Lazimpat 4", city: "kathmandu", phone: "9812345678" };
/** Offered by one carpenter: each of its times has one seat. */
export const ONE_SEAT = "furniture-repair";

let people = 0;

/** Posts what the site's own pages would post, with this page's login. */
async function posted<Answer>(page: Page, path: string, data: object): Promise<Answer> {
  const response = await page.request.post(path, { data, headers: { Origin: process.env.SITE_URL ?? "" } });
  expect(response.ok(), await response.text()).toBe(true);
  return response.json();
}

/** Registers somebody new without the forms, and returns their e-mail address. */
export async function newCustomer(page: Page): Promise<string> {
  people += 1;
  const number = String(Date.now() + people);
  const email = `mina${number}${process.pid}@example.com`;
  const person = { email, password: PASSWORD, full_name: "Mina Lama", phone: `98${number.slice(-8)}` };
  await posted(page, "/session/register", { ...person, role: "customer" });
  return email;
}

export async function logIn(page: Page, email: string): Promise<void> {
  await posted(page, "/session", { email, password: PASSWORD });
}

/** Opens a page of another browser: another device, or another person. */
export async function otherBrowser(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: process.env.SITE_URL });
  return context.newPage();
}

async function read<Answer>(page: Page, path: string): Promise<Answer> {
  const response = await page.request.get(path);
  expect(response.ok(), await response.text()).toBe(true);
  return response.json();
}

/** Returns the free times of a day of the month after this one; the `nth` that has more than one. */
export async function freeTimes(page: Page, slug: string, nth: number): Promise<Slot[]> {
  const found = await read<{ results: Schemas["Service"][] }>(page, `/api/services/?slug=${slug}`);
  const service = found.results[0]?.id;
  const next = new Date();
  next.setUTCMonth(next.getUTCMonth() + 1, 1);
  const month = next.toISOString().slice(0, 7);
  const days = await read<Schemas["AvailableDate"][]>(
    page,
    `/api/booking-slots/available-dates/?service_id=${service}&month=${month}`,
  );
  const day = days.filter(({ available_slots }) => available_slots > 1)[nth];
  return read(page, `/api/booking-slots/available-slots/?service_id=${service}&date=${day?.date}`);
}

/** Begins a booking of that time, does everything before a step, and returns its number. */
async function begun(page: Page, step: Step, slot: Slot, method: string): Promise<number> {
  const send = (name: string, body: object) =>
    posted<Schemas["WizardAnswer"]>(page, "/api/booking-wizard/create-step/", {
      booking_step: name,
      ...body,
    });
  const { booking_id } = await send("service_selection", { service: slot.service });
  const time = { booking_date: slot.date, booking_time: slot.start_time };
  const steps = [
    () => send("datetime_selection", { booking_id, ...time }),
    () => send("details_input", { booking_id, ...DETAILS }),
    () => send("payment", { booking_id, payment_method: method }),
  ];
  const done = ["datetime", "details", "payment", "confirmation"].indexOf(step);
  for (const take of steps.slice(0, done)) await take();
  return booking_id;
}

/** Begins a booking of that time, and opens the step at which everything before is done. Returns its number. */
export async function draftAt(page: Page, step: Step, slot: Slot, method = "cash"): Promise<number> {
  const bookingId = await begun(page, step, slot, method);
  await openStep(page, bookingId, step);
  return bookingId;
}

export async function openStep(page: Page, bookingId: number, step: string): Promise<void> {
  await page.goto(`/en/book/${bookingId}/${step}`);
  await page.locator("main").getByRole("button").first().waitFor();
}

/** Lets somebody else hold a time, of whom nothing more is heard. */
export async function takenBySomebodyElse(browser: Browser, slot: Slot): Promise<void> {
  const page = await otherBrowser(browser);
  await newCustomer(page);
  await begun(page, "details", slot, "cash");
  await page.context().close();
}

/** Lets a draft's hold end in a moment, as a quarter of an hour would. */
export function shortenHold(bookingId: number): void {
  const code = [
    "from datetime import timedelta",
    "from django.utils import timezone",
    "from apps.bookings.models import Booking",
    `hold = Booking.objects.get(pk=${bookingId}).reservation`,
    "hold.expires_at = timezone.now() + timedelta(seconds=1)",
    "hold.save()",
  ];
  const python = join(ROOT, ".venv", "bin", "python");
  execFileSync(python, ["manage.py", "shell", "--no-imports", "-c", code.join("\n")], {
    cwd: ROOT,
    env: { ...process.env, DEBUG: "True", DATABASE_URL: process.env.SCRATCH_DATABASE_URL },
  });
}

/** What a browser says when somebody comes back to its tab. */
export async function comeBack(page: Page): Promise<void> {
  await page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
}
