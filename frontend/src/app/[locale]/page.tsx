import type { Metadata } from "next";
import { cookies } from "next/headers";
import { getLocale } from "next-intl/server";

import { languagesOf, StartPage } from "@/features/catalogue";
import { cityCookie, slugOf } from "@/server/city";

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { alternates: { canonical: `/${await getLocale()}`, languages: languagesOf("") } };
}

/** The city in the address is the newer choice; an empty one takes the choice back. */
export default async function Page({ searchParams }: Props) {
  const { city: asked } = await searchParams;
  const chosen = typeof asked === "string" ? asked : (await cookies()).get(cityCookie)?.value;
  return <StartPage city={slugOf(chosen)} />;
}
