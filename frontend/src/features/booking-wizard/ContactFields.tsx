"use client";

import { useLocale, useTranslations } from "next-intl";

import { cityName } from "@/i18n/names";
import { Select, TextArea, TextField } from "@/ui/Field";

import type { Contact } from "./details";
import type { Service } from "./model";

interface Props {
  /** Its cities are offered; none while it is on its way. */
  service: Service | undefined;
  contact: Contact;
  onChange: (changes: Partial<Contact>) => void;
  errorOf: (field: keyof Contact) => string | undefined;
}

/** Where to come, whom to call, and what they should know. */
export function ContactFields({ service, contact, onChange, errorOf }: Props) {
  const t = useTranslations("wizard");
  const locale = useLocale();
  return (
    <>
      <TextField
        id="address"
        label={t("address")}
        hint={t("addressHint")}
        autoComplete="street-address"
        value={contact.address}
        error={errorOf("address")}
        onChange={({ target }) => onChange({ address: target.value })}
      />
      <Select
        id="city"
        label={t("city")}
        value={contact.city}
        error={errorOf("city")}
        onChange={({ target }) => onChange({ city: target.value })}
      >
        <option value="">{t("cityChoose")}</option>
        {service?.city_details.map((city) => (
          <option key={city.id} value={city.name}>
            {cityName(city, locale)}
          </option>
        ))}
      </Select>
      <TextField
        id="phone"
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        label={t("phone")}
        hint={t("phoneHint")}
        value={contact.phone}
        error={errorOf("phone")}
        onChange={({ target }) => onChange({ phone: target.value })}
      />
      <TextArea
        id="special_instructions"
        label={t("instructions")}
        optional={t("optional")}
        value={contact.special_instructions}
        error={errorOf("special_instructions")}
        onChange={({ target }) => onChange({ special_instructions: target.value })}
      />
    </>
  );
}
