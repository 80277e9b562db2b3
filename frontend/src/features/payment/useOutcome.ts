"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { answerOf, api } from "@/api/browser";
import { serverNow } from "@/api/clock";
import type { components } from "@/api/schema";
import { useTrouble } from "@/features/errors";
import { useFlags } from "@/features/flags";

import { outcomeOf } from "./outcome";

export type Booking = components["schemas"]["Booking"];

/** Seconds before each look at a payment that is not decided; after the last one only a click asks again. */
const PAUSES = [2, 3, 5, 8, 13, 21, 34];

export function useBookingOf(bookingId: number) {
  return useQuery({
    queryKey: ["booking", bookingId],
    queryFn: (): Promise<Booking> =>
      answerOf(api.GET("/api/bookings/{booking_id}/", { params: { path: { booking_id: bookingId } } })),
  });
}

/** Returns when a draft's hold ends; null where nothing is held. */
export function useHold(bookingId: number, isAsked: boolean) {
  return useQuery({
    queryKey: ["hold", bookingId],
    queryFn: () =>
      answerOf(
        api.GET("/api/booking-wizard/{booking_id}/", { params: { path: { booking_id: bookingId } } }),
      ).then((progress) => progress.hold_expires_at),
    enabled: isAsked,
  });
}

/**
 * Tells how a payment ended, and asks while it hasn't: the server asks the gateway, with growing pauses.
 *
 * It never goes on for ever. `waiting` says whether another look comes by itself.
 */
export function useOutcome(bookingId: number) {
  const client = useQueryClient();
  const booking = useBookingOf(bookingId);
  const isDraft = booking.data?.status === "draft";
  const { wizard } = useFlags();
  const hold = useHold(bookingId, isDraft && wizard);
  const [looks, setLooks] = useState(0);
  // Undefined while nobody knows: a draft's outcome is another with a hold than without.
  const isKnown = !isDraft || !wizard || hold.data !== undefined;
  const outcome =
    booking.data && isKnown
      ? outcomeOf(booking.data, wizard ? (hold.data ?? null) : undefined, serverNow())
      : undefined;
  const paymentId = booking.data?.payment ?? null;
  const pause = PAUSES[looks];
  const waiting = outcome === "deciding" && pause !== undefined;

  const look = async () => {
    if (paymentId !== null) {
      // A gateway that can't be reached is no answer: the next look asks again.
      await api
        .POST("/api/payments/{payment_id}/verify/", { params: { path: { payment_id: paymentId } } })
        .catch(() => null);
    }
    await client.invalidateQueries({ queryKey: ["booking", bookingId] });
    setLooks((count) => count + 1);
  };

  useEffect(() => {
    if (!waiting || pause === undefined) return;
    const timer = setTimeout(() => void look(), pause * 1000);
    return () => clearTimeout(timer);
  });

  // An outage takes nothing away that is known, or typed, already.
  const trouble = useTrouble({
    data: outcome,
    error: booking.error ?? hold.error,
    isPending: booking.isPending || hold.isPending,
  });
  const retry = () => void Promise.all([booking.refetch(), isDraft && hold.refetch()]);
  return {
    booking: booking.data,
    outcome,
    trouble,
    retry,
    waiting,
    lookAgain: () => setLooks(0),
  };
}
