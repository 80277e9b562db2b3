/** Returns a picture's path under the site's own address, which passes it on: pages load from nowhere else. */
export function mediaPath(url: string): string {
  return url.replace(/^https?:\/\/[^/]+/, "");
}
