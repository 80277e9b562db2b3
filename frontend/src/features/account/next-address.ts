/** Returns the address to go on to after a login: one of the site's own, or the bookings. */
export function nextAddress(next: string | string[] | undefined, locale: string): string {
  // `//host` and `/\host` are addresses of other sites to a browser.
  const isOwn = typeof next === "string" && /^\/(?![/\\])[^\s\\]*$/.test(next);
  return isOwn ? next : `/${locale}/bookings`;
}
