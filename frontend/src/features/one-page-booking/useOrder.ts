"use client";

import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

import { answerOf, api } from "@/api/browser";

import { keepOrder, keptOrder, onOrderChange, type Order, readOrder } from "./order";

const empty: Order = { address: "", city: "", phone: "", special_instructions: "", method: "" };

/** The order as it is typed, and kept in this tab; the phone is the customer's own until another is typed. */
export function useOrder(isLoggedIn: boolean) {
  const typed = readOrder(useSyncExternalStore(onOrderChange, keptOrder, () => null));
  const me = useQuery({
    queryKey: ["me"],
    queryFn: () => answerOf(api.GET("/api/auth/me/")),
    staleTime: 300_000,
    enabled: isLoggedIn,
  });
  const order: Order = { ...empty, phone: me.data?.phone ?? "", ...typed };
  const change = (changes: Partial<Order>) => keepOrder({ ...typed, ...changes });
  return { order, change };
}
