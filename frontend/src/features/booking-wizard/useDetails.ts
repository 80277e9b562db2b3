"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { answerOf, api } from "@/api/browser";

import { type Details, keepTyped, typedDetails } from "./details";
import type { Progress } from "./model";

/** The details as they are typed: what this tab kept, else what the server has, else the customer's own phone. */
export function useDetails(progress: Progress) {
  const { booking, booking_id: bookingId } = progress;
  const me = useQuery({
    queryKey: ["me"],
    queryFn: () => answerOf(api.GET("/api/auth/me/")),
    staleTime: 300_000,
  });
  const [details, setDetails] = useState<Details>(() => ({ ...sent(progress), ...typedDetails(bookingId) }));
  const phone = details.phone || (booking.phone ? "" : (me.data?.phone ?? ""));
  const [phoneTouched, setPhoneTouched] = useState(details.phone !== "");

  useEffect(() => keepTyped(bookingId, details), [bookingId, details]);

  const change = (changes: Partial<Details>) => {
    if (changes.phone !== undefined) setPhoneTouched(true);
    setDetails((known) => ({ ...known, ...changes }));
  };
  return { details: phoneTouched ? details : { ...details, phone }, change };
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
