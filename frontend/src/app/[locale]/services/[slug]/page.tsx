import type { Metadata } from "next";

import { serviceMetadata, ServicePage } from "@/features/catalogue";

interface Props {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params;
  return serviceMetadata(decodeURIComponent(slug));
}

export default async function Page({ params, searchParams }: Props) {
  const { slug } = await params;
  const { reviews } = await searchParams;
  const page = typeof reviews === "string" && /^[1-9]\d{0,4}$/.test(reviews) ? Number(reviews) : 1;
  return <ServicePage slug={decodeURIComponent(slug)} reviewsPage={page} />;
}
