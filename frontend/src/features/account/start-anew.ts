import { replaceDocument } from "@/ui/open-document";

/** Somebody else has logged in: forgets what the one before typed in this tab, and leads to their own bookings. */
export function startAnew(locale: string): void {
  sessionStorage.clear();
  replaceDocument(`/${locale}/bookings`);
}
