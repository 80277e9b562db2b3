import { type Choice, type ChosenTime, type Gender, stepAddress, type Wish } from "./model";

const GENDERS: readonly Gender[] = ["any", "female", "male", "other"];

/** Returns the address of a booking that isn't begun, with all that has been chosen for it. */
export function newBookingAddress(
  locale: string,
  serviceId: number,
  chosen: ChosenTime | null,
  wish: Wish,
): string {
  const query = new URLSearchParams({ service: String(serviceId), ...choiceQuery(chosen, wish) });
  return `/${locale}/book/new?${query}`;
}

/** Returns the address at which a new draft takes the time that was chosen before there was a draft. */
export function draftAddress(locale: string, bookingId: number, chosen: ChosenTime, wish: Wish): string {
  const query = new URLSearchParams({ ...choiceQuery(chosen, wish), go: "1" });
  return `${stepAddress(locale, bookingId, "datetime")}?${query}`;
}

function choiceQuery(chosen: ChosenTime | null, wish: Wish): Record<string, string> {
  return {
    ...(chosen && { date: chosen.date, time: chosen.time }),
    ...(wish.staff !== null && { staff: String(wish.staff) }),
    ...(wish.gender !== "any" && { gender: wish.gender }),
  };
}

type Query = Record<string, string | string[] | undefined>;

/** Reads the choice out of an address again. What isn't of its form counts as not chosen. */
export function choiceInAddress(query: Query): Choice {
  const date = matching(query.date, /^\d{4}-\d{2}-\d{2}$/);
  const time = matching(query.time, /^\d{2}:\d{2}(:\d{2})?$/);
  const staff = matching(query.staff, /^\d{1,9}$/);
  return {
    chosen: date && time ? { date, time } : null,
    wish: {
      staff: staff ? Number(staff) : null,
      gender: GENDERS.find((gender) => gender === query.gender) ?? "any",
    },
    goOn: query.go === "1",
  };
}

function matching(value: string | string[] | undefined, form: RegExp): string | null {
  return typeof value === "string" && form.test(value) ? value : null;
}
