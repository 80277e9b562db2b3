import { loadavg } from "node:os";

import { type Browser, type Page, test } from "@playwright/test";

import { chooseTime, phone, register, words } from "./site";

const RUNS = Number(process.env.RUNS ?? 5);
const SERVICE = "physiotherapy-at-home";
const CPU_SLOWDOWN = 4;
/** Slow 4G, as Lighthouse has it. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 204_800, uploadThroughput: 96_000 };
const REST_MILLISECONDS = 2_000;

interface Measured {
  largestPaint: number;
  shift: number;
  taps: Record<string, number>;
}

interface Shift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
}

declare global {
  interface Window {
    measured: Measured;
  }
}

/** Notes in the page when its largest part was painted, how far things moved, and how long each tap took. */
function observe(): void {
  const measured: Measured = { largestPaint: 0, shift: 0, taps: {} };
  window.measured = measured;
  const each = (type: string, note: (entry: PerformanceEntry) => void, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({
      type,
      buffered: true,
      ...more,
    });
  each("largest-contentful-paint", (entry) => (measured.largestPaint = entry.startTime));
  each("layout-shift", (entry) => {
    const shift = entry as Shift;
    if (!shift.hadRecentInput) measured.shift += shift.value;
  });
  const tap = (entry: PerformanceEntry) => {
    const { interactionId, duration } = entry as PerformanceEventTiming & { interactionId: number };
    if (interactionId > 0)
      measured.taps[interactionId] = Math.max(duration, measured.taps[interactionId] ?? 0);
  };
  each("event", tap, { durationThreshold: 16 });
}

async function slowPhone(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: phone,
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    baseURL: process.env.SITE_URL,
  });
  const page = await context.newPage();
  await page.addInitScript(observe);
  const session = await context.newCDPSession(page);
  await session.send("Network.emulateNetworkConditions", SLOW_4G);
  await session.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
  return page;
}

async function rested(page: Page): Promise<Measured> {
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(REST_MILLISECONDS);
  return page.evaluate(() => window.measured);
}

function median(numbers: number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function row(...cells: (string | number)[]): void {
  process.stdout.write(`| ${cells.join(" | ")} |\n`);
}

function range(numbers: number[]): string {
  return `${Math.round(Math.min(...numbers))} to ${Math.round(Math.max(...numbers))}`;
}

test("how soon a page of the catalogue shows, and how still it stands", async ({ browser }) => {
  row("page", "largest paint, ms, median", "of all runs", "layout shift, worst", "load");
  for (const path of ["/en", "/en/services", `/en/services/${SERVICE}`, "/ne/services", "/en/providers/1"]) {
    const runs: Measured[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const page = await slowPhone(browser);
      await page.goto(path);
      runs.push(await rested(page));
      await page.context().close();
    }
    const paints = runs.map(({ largestPaint }) => largestPaint);
    const shift = Math.max(...runs.map((run) => run.shift));
    row(path, Math.round(median(paints)), range(paints), shift.toFixed(3), loadavg()[0]?.toFixed(0) ?? "");
  }
});

test("how soon the wizard answers a tap", async ({ browser }) => {
  const taps: Record<string, number[]> = {};
  const shifts: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const page = await slowPhone(browser);
    const note = async (step: string) => {
      const measured = await rested(page);
      (taps[step] ??= []).push(Math.max(0, ...Object.values(measured.taps)));
      shifts.push(measured.shift);
      await page.evaluate(() => (window.measured.taps = {}));
    };
    page.setDefaultTimeout(120_000);
    await chooseTime(page, "en", SERVICE, 2 + run);
    await page.getByRole("link", { name: words.en.common.register }).click();
    await register(page, "en");
    await page.waitForURL(/\/details$/);
    await page.goto(page.url().replace("details", "datetime"));
    const days = page.locator('[role="gridcell"] button[aria-disabled="false"]');
    await days.last().waitFor();
    await days.last().tap();
    await page.locator('input[name="time"]').first().tap();
    await note("date and time: choose a day and a time");
    await page.goto(page.url().replace("datetime", "details"));
    await page.locator("#address").tap();
    await page.locator("#address").pressSequentially("Lazimpat 4");
    await page.locator("#city").selectOption({ index: 1 });
    await note("details: type an address");
    await page.locator('main button[type="submit"]').tap();
    await page.waitForURL(/\/payment$/);
    await note("details: send, to payment");
    await page.locator('input[value="cash"]').tap();
    await note("payment: choose a method");
    await page.context().close();
  }
  row("wizard", "slowest answer to a tap, ms, median", "of all runs", "load");
  for (const [step, times] of Object.entries(taps)) {
    row(step, Math.round(median(times)), range(times), loadavg()[0]?.toFixed(0) ?? "");
  }
  process.stdout.write(`layout shift in the wizard, worst: ${Math.max(...shifts).toFixed(3)}\n`);
});
