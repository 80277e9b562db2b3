import type { components } from "@/api/schema";

export type PaymentMethod = components["schemas"]["PaymentMethod"];
export type MethodCode = PaymentMethod["code"];
export type Payment = components["schemas"]["Payment"];
export type PaymentAction = components["schemas"]["PaymentAction"];

/** The gateways whose signed form the site posts. */
const FORM_GATEWAYS = ["esewa", "connectips"] as const satisfies readonly MethodCode[];

export type FormGateway = (typeof FORM_GATEWAYS)[number];

/** Whether a method is paid by posting a form. */
export function isPaidByForm(method: string): method is FormGateway {
  return FORM_GATEWAYS.some((code) => code === method);
}

/** Whether a method pays at once, on a gateway's page. */
export function isOnline(method: string): boolean {
  return method === "khalti" || isPaidByForm(method);
}

/** Returns an amount of rupees in paisa, to compare by: amounts are texts, and no float is to come of one. */
export function inPaisa(amount: string): number {
  const [whole = "0", paisa = ""] = amount.split(".");
  return Number(whole) * 100 + Number(paisa.padEnd(2, "0").slice(0, 2));
}

/** Returns why a total can't be paid this way, or null. */
export function outsideLimits(method: PaymentMethod, total: string): "least" | "most" | null {
  if (method.min_amount && inPaisa(total) < inPaisa(method.min_amount)) return "least";
  if (method.max_amount && inPaisa(total) > inPaisa(method.max_amount)) return "most";
  return null;
}
