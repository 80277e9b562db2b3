"use client";

import { useTranslations } from "next-intl";

import { Select } from "@/ui/Field";

import type { Gender, Service, Wish } from "./model";

const GENDERS: readonly Gender[] = ["any", "female", "male", "other"];

/** Who should come: one person of the firm, or anybody of a gender. Shown only where there is a choice. */
export function Wishes({
  service,
  wish,
  onChange,
}: {
  service: Service;
  wish: Wish;
  onChange: (wish: Wish) => void;
}) {
  const t = useTranslations("wizard");
  if (service.staff.length < 2) return null;
  const genders = new Set(service.staff.map(({ gender }) => gender));
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Select
        id="staff"
        label={t("staff")}
        value={wish.staff ?? ""}
        onChange={({ target }) => onChange({ ...wish, staff: target.value ? Number(target.value) : null })}
      >
        <option value="">{t("anybody")}</option>
        {service.staff.map(({ id, full_name }) => (
          <option key={id} value={id}>
            {full_name}
          </option>
        ))}
      </Select>
      <Select
        id="gender"
        label={t("gender")}
        value={wish.gender}
        onChange={({ target }) =>
          onChange({ ...wish, gender: GENDERS.find((gender) => gender === target.value) ?? "any" })
        }
      >
        {GENDERS.filter((gender) => gender === "any" || genders.has(gender)).map((gender) => (
          <option key={gender} value={gender}>
            {t(`genders.${gender}`)}
          </option>
        ))}
      </Select>
    </div>
  );
}
