import type { Contact } from "@/features/booking-wizard";

/** What is typed beside service and time, which stand in the address. */
export interface Order extends Contact {
  method: string;
}

const KEY = "order";
const listeners = new Set<() => void>();

/** Tells whenever what is kept in this tab changes. */
export function onOrderChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Returns what this tab keeps of an order, as text: a reload, a login or Back loses none of it. */
export function keptOrder(): string | null {
  return sessionStorage.getItem(KEY);
}

export function readOrder(kept: string | null): Partial<Order> {
  if (!kept) return {};
  const order: Partial<Order> = JSON.parse(kept);
  return order;
}

export function keepOrder(order: Partial<Order>): void {
  sessionStorage.setItem(KEY, JSON.stringify(order));
  listeners.forEach((listener) => listener());
}

/** The order is made: the next one begins with an empty page. */
export function forgetOrder(): void {
  sessionStorage.removeItem(KEY);
}
