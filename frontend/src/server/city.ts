/** Where a visitor's choice of city is kept. */
export const cityCookie = "city";

const LONGEST = 100;

/** Returns what may be a slug, and nothing else that somebody writes in its place. */
export function slugOf(value: string | undefined): string | undefined {
  return value && value.length <= LONGEST && /^[\p{L}\p{M}\p{N}_-]+$/u.test(value) ? value : undefined;
}
