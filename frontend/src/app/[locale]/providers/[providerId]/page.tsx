import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { providerMetadata, ProviderPage } from "@/features/catalogue";

interface Props {
  params: Promise<{ providerId: string }>;
}

async function idOf({ params }: Props): Promise<number> {
  const { providerId } = await params;
  if (!/^[1-9]\d{0,14}$/.test(providerId)) notFound();
  return Number(providerId);
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return providerMetadata(await idOf(props));
}

export default async function Page(props: Props) {
  return <ProviderPage id={await idOf(props)} />;
}
