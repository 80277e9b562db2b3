"use client";

import { useTranslations } from "next-intl";

import type { Service } from "@/features/booking-wizard";

import { OrderForm } from "./OrderForm";
import { ServiceField } from "./ServiceField";

interface Props {
  /** Null while none is chosen. */
  service: Service | null;
  today: string;
  isLoggedIn: boolean;
}

/** The booking in one page and one call: service, date and time, details and the way to pay. */
export function OnePageBooking({ service, ...rest }: Props) {
  const t = useTranslations("onePage");
  return (
    <div className="page-narrow space-y-8">
      <h1>{t("title")}</h1>
      <ServiceField key={service?.id} service={service} />
      {service && <OrderForm key={`order ${service.id}`} service={service} {...rest} />}
    </div>
  );
}
