"use client";

import { useQuery } from "@tanstack/react-query";

import { answerOf, api } from "@/api/browser";

import type { Details } from "./details";
import type { Progress } from "./model";
import { useTyped } from "./useTyped";

/** The details as they are typed: what this tab kept, else what the server has, else the customer's own phone. */
export function useDetails(progress: Progress) {
  const me = useQuery({
    queryKey: ["me"],
    queryFn: () => answerOf(api.GET("/api/auth/me/")),
    staleTime: 300_000,
  });
  const { typed, type, forget } = useTyped<Details>("details", progress.booking_id);
  const known = sent(progress);
  const details: Details = { ...known, phone: known.phone || (me.data?.phone ?? ""), ...typed };
  return { details, change: type, forget };
}

function sent({ booking, occurrences }: Progress): Details {
  return {
    address: booking.address,
    city: booking.city,
    phone: booking.phone,
    special_instructions: booking.special_instructions,
    preferred_provider_gender: booking.preferred_provider_gender,
    is_recurring: booking.is_recurring,
    recurring_frequency: booking.recurring_frequency ?? "weekly",
    recurring_count: String(occurrences?.length ?? 4),
  };
}
