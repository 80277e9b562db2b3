import { useQueries, useQuery } from "@tanstack/react-query";
import { useLocale } from "next-intl";

import { answerOf, api } from "@/api/browser";

import type { MethodCode, PaymentMethod } from "./methods";

const MINUTES = 60_000;

/** The ways to pay that are offered, in the page's language. */
export function usePaymentMethods() {
  const locale = useLocale();
  return useQuery({
    queryKey: ["payment-methods", locale],
    queryFn: (): Promise<PaymentMethod[]> =>
      answerOf(api.GET("/api/payment-methods/", { headers: { "Accept-Language": locale } })),
    staleTime: 5 * MINUTES,
  });
}

/** What a service costs with each of the methods, by its code; asked of the server, which alone reckons prices. */
export function useTotals(serviceId: number, codes: readonly MethodCode[]) {
  const prices = useQueries({
    queries: codes.map((code) => ({
      queryKey: ["price", serviceId, code],
      queryFn: () =>
        answerOf(
          api.POST("/api/booking-wizard/calculate-price/", {
            body: { service_id: serviceId, payment_method: code },
          }),
        ),
      staleTime: MINUTES,
    })),
  });
  return new Map(codes.map((code, index) => [code, prices[index]?.data]));
}
