let ahead = 0;

/** Notes how far the server's clock is ahead of this device's, by the `Date` of an answer; right to a second. */
export function noteServerTime(response: Response): void {
  const said = Date.parse(response.headers.get("date") ?? "");
  if (!Number.isNaN(said)) ahead = said - Date.now();
}

/** Returns the server's time in milliseconds: phones' clocks are wrong by minutes, and a hold ends by the server's. */
export function serverNow(): number {
  return Date.now() + ahead;
}
