import type { components } from "@/api/schema";

import type { Gender } from "./model";

export type Frequency = components["schemas"]["RecurringFrequencyEnum"];

/** Where to come, and whom to call, as it is typed. */
export interface Contact {
  address: string;
  city: string;
  phone: string;
  special_instructions: string;
}

/** What the details step asks for, as it is typed. */
export interface Details extends Contact {
  preferred_provider_gender: Gender;
  is_recurring: boolean;
  recurring_frequency: Frequency;
  recurring_count: string;
}

export type ContactErrors = Partial<Record<keyof Contact, "missing" | "phone">>;
export type DetailsErrors = Partial<Record<keyof Details, "missing" | "phone" | "count">>;

export const FEWEST_OCCURRENCES = 2;
export const MOST_OCCURRENCES = 26;

/** Returns what is wrong, field by field; the server looks at all of it again. */
export function wrongContact({ address, city, phone }: Contact): ContactErrors {
  const errors: ContactErrors = {};
  if (!address.trim()) errors.address = "missing";
  if (!city) errors.city = "missing";
  if (!phone.trim()) errors.phone = "missing";
  // Nepal's numbers have 7 to 10 digits, 13 with the country's code; pasted ones bring marks and spaces along.
  else if (!/^\d{7,13}$/.test(asciiDigits(phone))) errors.phone = "phone";
  return errors;
}

export function wrongDetails(details: Details): DetailsErrors {
  const errors: DetailsErrors = wrongContact(details);
  if (details.is_recurring) {
    const count = Number(asciiDigits(details.recurring_count));
    if (!(count >= FEWEST_OCCURRENCES && count <= MOST_OCCURRENCES)) errors.recurring_count = "count";
  }
  return errors;
}

/** Returns the digits of a text, Devanagari ones included, and nothing else. */
export function asciiDigits(text: string): string {
  return [...text]
    .map((letter) => (/[०-९]/.test(letter) ? String(letter.charCodeAt(0) - 0x0966) : letter))
    .filter((letter) => /[0-9]/.test(letter))
    .join("");
}

/** Returns the body of the step, without what doesn't apply. */
export function detailsBody(bookingId: number, details: Details, skipTaken: boolean) {
  return {
    booking_step: "details_input" as const,
    booking_id: bookingId,
    address: details.address,
    city: details.city,
    phone: details.phone,
    special_instructions: details.special_instructions,
    preferred_provider_gender: details.preferred_provider_gender,
    is_recurring: details.is_recurring,
    ...(details.is_recurring && {
      recurring_frequency: details.recurring_frequency,
      recurring_count: Number(asciiDigits(details.recurring_count)),
    }),
    on_conflict: skipTaken ? ("skip" as const) : ("fail" as const),
  };
}
