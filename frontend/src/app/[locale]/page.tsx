import type { Metadata } from "next";
import { getLocale } from "next-intl/server";

import { languagesOf, StartPage } from "@/features/catalogue";

export async function generateMetadata(): Promise<Metadata> {
  return { alternates: { canonical: `/${await getLocale()}`, languages: languagesOf("") } };
}

export default StartPage;
