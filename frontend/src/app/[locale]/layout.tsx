import "../globals.css";

import type { Metadata, Viewport } from "next";
import { notFound } from "next/navigation";
import { getTranslations, setRequestLocale } from "next-intl/server";
import type { ReactNode } from "react";

import { PageFrame } from "@/features/shell";
import { isLocale } from "@/i18n/locales";
import { flags } from "@/server/flags";
import { siteUrl } from "@/server/settings";

interface Props {
  children: ReactNode;
  params: Promise<{ locale: string }>;
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fbf6ee" },
    { media: "(prefers-color-scheme: dark)", color: "#191512" },
  ],
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  if (!isLocale(locale)) return {};
  const t = await getTranslations({ locale, namespace: "common" });
  const { payments } = await flags();
  return {
    metadataBase: new URL(siteUrl()),
    title: { default: `${t("brand")}: ${t("tagline")}`, template: `%s · ${t("brand")}` },
    description: t(payments ? "footerAbout" : "footerAboutCash"),
    openGraph: { siteName: t("brand"), locale: locale === "ne" ? "ne_NP" : "en_GB", type: "website" },
  };
}

export default async function Layout({ children, params }: Props) {
  const { locale } = await params;
  if (!isLocale(locale)) notFound();
  setRequestLocale(locale);
  return (
    <html lang={locale}>
      <body>
        <PageFrame locale={locale}>{children}</PageFrame>
      </body>
    </html>
  );
}
