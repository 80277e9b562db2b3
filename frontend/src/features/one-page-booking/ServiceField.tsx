"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { newBookingAddress, type Service, ServiceSearch } from "@/features/booking-wizard";
import { duration, rupees } from "@/format";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/Card";

const anybody = { staff: null, gender: "any" } as const;

/** The service with its price, and the search for another one. */
export function ServiceField({ service }: { service: Service | null }) {
  const t = useTranslations("onePage");
  const locale = useLocale();
  const router = useRouter();
  const [search, setSearch] = useState("");
  const [isSearching, setSearching] = useState(service === null);
  const choose = (id: number) => {
    if (id === service?.id) setSearching(false);
    else router.push(newBookingAddress(locale, id, null, anybody));
  };
  return (
    <section aria-labelledby="service-heading" className="space-y-4">
      <h2 id="service-heading">{t("service")}</h2>
      {service && (
        <Card>
          <p className="text-lg font-semibold">{service.title}</p>
          <p className="text-ink-soft">
            {service.provider_name} • {duration(service.duration_minutes, locale)} ·{" "}
            {rupees(service.discount_price ?? service.price, locale)}
          </p>
        </Card>
      )}
      {isSearching ? (
        <ServiceSearch chosen={service?.id ?? null} onChoose={choose} search={search} onSearch={setSearch} />
      ) : (
        <Button kind="quiet" onClick={() => setSearching(true)}>
          {t("otherService")}
        </Button>
      )}
    </section>
  );
}
