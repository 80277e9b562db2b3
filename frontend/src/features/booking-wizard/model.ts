import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type Progress = Schemas["WizardAnswer"];
export type StepBody = Schemas["WizardStepRequest"];
export type Service = Schemas["Service"];
export type Slot = Schemas["AvailableSlot"];
export type FreeDay = Schemas["AvailableDate"];
export type Occurrence = Schemas["Occurrence"];
export type Gender = Schemas["PreferredProviderGenderEnum"];
export type ApiStep = Progress["booking_step"];

/** The wizard's steps, in their order, as they stand in the address. */
export const stepNames = ["service", "datetime", "details", "payment", "confirmation"] as const;

export type StepName = (typeof stepNames)[number];

const API_STEPS = {
  service: "service_selection",
  datetime: "datetime_selection",
  details: "details_input",
  payment: "payment",
  confirmation: "confirmation",
} as const satisfies Record<StepName, ApiStep>;

export function isStepName(value: string): value is StepName {
  return stepNames.some((name) => name === value);
}

/** Returns the address's name of a step of the API's; the last one where nothing is missing any more. */
export function stepNameOf(step: string | null): StepName {
  return stepNames.find((name) => API_STEPS[name] === step) ?? "confirmation";
}

export function isDone(progress: Progress, name: StepName): boolean {
  return progress.completed_steps.some((step) => step === API_STEPS[name]);
}

/** Returns the step to show where another is asked for that can't be taken yet. */
export function allowedStep(progress: Progress, asked: StepName): StepName {
  const missing = stepNameOf(progress.next_step);
  return stepNames.indexOf(asked) > stepNames.indexOf(missing) ? missing : asked;
}

/** Returns how many bookings are held together: those of a series that had room, else the one. */
export function bookingsOf({ occurrences }: Progress): number {
  return occurrences?.filter(({ available }) => available).length ?? 1;
}

export function stepAddress(locale: string, bookingId: number | string, step: StepName): string {
  return `/${locale}/book/${bookingId}/${step}`;
}

/** What a customer may wish for beside a time. */
export interface Wish {
  staff: number | null;
  gender: Gender;
}

export interface ChosenTime {
  date: string;
  /** `10:00:00`, in the marketplace's zone. */
  time: string;
}

/** What an address says of a choice; with `goOn` it is to be taken without another click. */
export interface Choice {
  chosen: ChosenTime | null;
  wish: Wish;
  goOn: boolean;
}
