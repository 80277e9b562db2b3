"use client";

import { usePathname, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";

import type { Locale } from "@/i18n/locales";

interface Props {
  to: Locale;
  className: string;
  children: ReactNode;
}

/** Leads to the same page in another language. What surrounds pages outlives them: the address is the present one. */
export function LanguageLink({ to, className, children }: Props) {
  const page = usePathname().replace(/^\/[^/]+/, "") || "/";
  const query = useSearchParams().toString();
  const address = query ? `${page}?${query}` : page;
  return (
    <a href={`/language/${to}?to=${encodeURIComponent(address)}`} hrefLang={to} className={className}>
      {children}
    </a>
  );
}
