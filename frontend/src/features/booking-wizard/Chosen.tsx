"use client";

import { useLocale, useTranslations } from "next-intl";

import { useDates } from "@/features/calendar";
import { clockTime, digits, isSomething, rupees } from "@/format";
import { cityCalled } from "@/i18n/names";
import { Card } from "@/ui/Card";
import { Fact, Facts } from "@/ui/Facts";

import { bookingsOf, type Progress } from "./model";

/** What has been chosen so far, beside the step that is being taken. */
export function Chosen({ progress }: { progress: Progress }) {
  const t = useTranslations("wizard");
  const locale = useLocale();
  const dates = useDates();
  const { booking, price } = progress;
  const count = bookingsOf(progress);
  return (
    <Card>
      <h2 className="mb-2 text-lg">{t("summary")}</h2>
      <Facts>
        <Fact name={t("service")}>{booking.service_details.title}</Fact>
        {booking.booking_date && booking.booking_time && (
          <Fact name={t("when")}>
            {dates.long(booking.booking_date)}, {clockTime(booking.booking_time, locale)}
          </Fact>
        )}
        {booking.staff_details && <Fact name={t("staff")}>{booking.staff_details.full_name}</Fact>}
        {booking.address && (
          <Fact name={t("where")}>
            {booking.address}, {cityCalled(booking.city, locale)}
          </Fact>
        )}
        <Fact name={t("price")}>{rupees(price.base, locale)}</Fact>
        {isSomething(price.discount) && <Fact name={t("discount")}>−{rupees(price.discount, locale)}</Fact>}
        {isSomething(price.fee) && <Fact name={t("fee")}>{rupees(price.fee, locale)}</Fact>}
        <Fact name={count > 1 ? t("totalEach", { shown: digits(count, locale) }) : t("total")}>
          <strong>{rupees(price.total, locale)}</strong>
        </Fact>
      </Facts>
    </Card>
  );
}
