"use client";

import { useTranslations } from "next-intl";

import { Notice } from "@/ui/Notice";

/** Said wherever one would pay online, while that is not offered. */
export function OnlyCash() {
  const t = useTranslations("payment");
  return <Notice title={t("onlyCashTitle")}>{t("onlyCashText")}</Notice>;
}
