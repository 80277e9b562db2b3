import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";

import { answerOf, api, refreshed, type Tagged } from "@/api/browser";
import type { components, operations } from "@/api/schema";

type Schemas = components["schemas"];

export type Booking = Schemas["Booking"];
export type Scope = Schemas["ScopeEnum"];
export type Payment = Schemas["Payment"];

const POLL_MILLISECONDS = 30_000;

export const views = ["upcoming", "past", "drafts"] as const;
export type View = (typeof views)[number];

/** A page of one's bookings: those ahead, those behind, or what was begun and not finished. */
export function useBookings(view: View, page: number) {
  return useQuery({
    queryKey: ["bookings", view, page],
    queryFn: () => answerOf(api.GET("/api/bookings/", { params: { query: { ...NARROWED[view], page } } })),
    placeholderData: keepPreviousData,
  });
}

type Narrowing = NonNullable<operations["bookings_list"]["parameters"]["query"]>;

/** By status, not by day: a cancelled booking lies behind one, whenever it was to be. Each stands in one view. */
const NARROWED: Record<View, Narrowing> = {
  upcoming: { status: ["pending", "confirmed", "in_progress"], ordering: ["booking_date"] },
  past: {
    status: ["completed", "cancelled", "rejected", "no_show", "expired"],
    ordering: ["-booking_date"],
  },
  drafts: { status: ["draft"] },
};

/** One booking, asked again while somebody looks at it. */
export function useBooking(bookingId: number) {
  const client = useQueryClient();
  const key = ["booking-page", bookingId];
  return useQuery({
    queryKey: key,
    queryFn: () =>
      refreshed(client.getQueryData<Tagged<Booking>>(key), (headers) =>
        api.GET("/api/bookings/{booking_id}/", { params: { path: { booking_id: bookingId } }, headers }),
      ),
    select: ({ data }) => data,
    refetchInterval: POLL_MILLISECONDS,
    refetchOnWindowFocus: "always",
  });
}

export function useHistory(bookingId: number) {
  return useQuery({
    queryKey: ["history", bookingId],
    queryFn: () =>
      answerOf(
        api.GET("/api/bookings/{booking_id}/history/", { params: { path: { booking_id: bookingId } } }),
      ),
  });
}

export function usePayments(bookingId: number) {
  return useQuery({
    queryKey: ["payments", bookingId],
    queryFn: () => answerOf(api.GET("/api/payments/", { params: { query: { booking: bookingId } } })),
  });
}

/** Lets everything that shows a booking be asked again, after it was changed. */
export function useRefresh(bookingId: number): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    const keys = ["booking-page", "history", "payments"].map((name) => [name, bookingId]);
    await Promise.all([...keys, ["bookings"]].map((queryKey) => client.invalidateQueries({ queryKey })));
  };
}
