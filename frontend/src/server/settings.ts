/** Where the API answers, for calls that the site's own server makes. Without a slash at the end. */
export function apiUrl(): string {
  return (process.env.API_URL ?? "http://127.0.0.1:8000").replace(/\/+$/, "");
}

/** The secret by which the API knows the site's server. Without it all visitors share one throttle. */
export function siteKey(): string | undefined {
  return process.env.SITE_KEY || undefined;
}

/** The address that visitors type, without a slash at the end. */
export function siteUrl(): string {
  return (process.env.SITE_URL ?? "http://127.0.0.1:3000").replace(/\/+$/, "");
}

export function isHttps(): boolean {
  return siteUrl().startsWith("https://");
}
