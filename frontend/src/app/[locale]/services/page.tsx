import type { Metadata } from "next";

import { searchInAddress, servicesMetadata, ServicesPage } from "@/features/catalogue";

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  return servicesMetadata(searchInAddress(await searchParams));
}

export default async function Page({ searchParams }: Props) {
  return <ServicesPage search={searchInAddress(await searchParams)} />;
}
