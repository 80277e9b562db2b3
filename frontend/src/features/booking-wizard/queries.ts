import { type QueryClient, keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";

import { answerOf, api, refreshed, type Tagged } from "@/api/browser";

import type { FreeDay, Progress, Service, Slot, StepBody, Wish } from "./model";

const POLL_MILLISECONDS = 20_000;

export const progressKey = (bookingId: number) => ["wizard", bookingId] as const;

/** Where the wizard stands, as the server knows it: this device, another tab or another phone may have gone on. */
export function useProgress(bookingId: number) {
  const client = useQueryClient();
  const key = progressKey(bookingId);
  return useQuery({
    queryKey: key,
    queryFn: () =>
      refreshed(client.getQueryData<Tagged<Progress>>(key), (headers) =>
        api.GET("/api/booking-wizard/{booking_id}/", {
          params: { path: { booking_id: bookingId } },
          headers,
        }),
      ),
    refetchInterval: POLL_MILLISECONDS,
    refetchOnWindowFocus: "always",
  });
}

/** Notes what a step answered. A question that is under way was asked before it, and would take it back. */
export async function rememberProgress(client: QueryClient, progress: Progress): Promise<void> {
  const key = progressKey(progress.booking_id);
  await client.cancelQueries({ queryKey: key });
  client.setQueryData<Tagged<Progress>>(key, { etag: null, data: progress });
}

export function refreshProgress(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: ["wizard"] });
}

/** Sends one step. The key makes a second click, or a second try after a lost answer, the same request. */
export function sendStep(body: StepBody, idempotencyKey?: string): Promise<Progress> {
  const header = idempotencyKey ? { "Idempotency-Key": idempotencyKey } : {};
  return answerOf(api.POST("/api/booking-wizard/create-step/", { params: { header }, body }));
}

export function useService(serviceId: number) {
  return useQuery({
    queryKey: ["service", serviceId],
    queryFn: (): Promise<Service> =>
      answerOf(api.GET("/api/services/{id}/", { params: { path: { id: serviceId } } })),
    staleTime: 60_000,
  });
}

interface Search {
  serviceId: number;
  /** The draft whose own hold doesn't stand in its way. */
  bookingId?: number;
  wish: Wish;
}

function commonQuery({ serviceId, bookingId, wish }: Search) {
  return {
    service_id: serviceId,
    ...(bookingId !== undefined && { booking_id: bookingId }),
    ...(wish.staff !== null && { staff: wish.staff }),
    ...(wish.gender !== "any" && { preferred_provider_gender: wish.gender }),
  };
}

/** The days of a month (`2026-12`) with how many times are free. Asked again while somebody looks at them. */
export function useFreeDays(search: Search, month: string) {
  const client = useQueryClient();
  const key = ["days", search, month];
  return useQuery({
    queryKey: key,
    queryFn: () =>
      refreshed(client.getQueryData<Tagged<FreeDay[]>>(key), (headers) =>
        api.GET("/api/booking-slots/available-dates/", {
          params: { query: { ...commonQuery(search), month } },
          headers,
        }),
      ),
    select: ({ data }) => data,
    refetchInterval: POLL_MILLISECONDS,
    refetchOnWindowFocus: "always",
    placeholderData: keepPreviousData,
  });
}

/** The free times of a day. */
export function useFreeTimes(search: Search, date: string | null) {
  const client = useQueryClient();
  const key = ["times", search, date];
  return useQuery({
    queryKey: key,
    queryFn: () =>
      refreshed(client.getQueryData<Tagged<Slot[]>>(key), (headers) =>
        api.GET("/api/booking-slots/available-slots/", {
          params: { query: { ...commonQuery(search), date: date ?? "" } },
          headers,
        }),
      ),
    select: ({ data }) => data,
    enabled: date !== null,
    refetchInterval: POLL_MILLISECONDS,
    refetchOnWindowFocus: "always",
  });
}

/** Lets what is shown as free be asked again, after a time was taken or lost. */
export async function refreshFreeTimes(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: ["days"] }),
    client.invalidateQueries({ queryKey: ["times"] }),
  ]);
}
