import "server-only";

/** Returns today's date in the marketplace's zone: `2026-12-01`. */
export function marketplaceToday(now: Date = new Date()): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: process.env.TIME_ZONE || "Asia/Kathmandu",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return parts.format(now);
}
