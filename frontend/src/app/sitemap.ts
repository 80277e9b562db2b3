import type { MetadataRoute } from "next";

import { addressesOf, publicPaths } from "@/features/catalogue";
import { siteUrl } from "@/server/settings";

export const dynamic = "force-dynamic";

export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const paths = await publicPaths();
  return paths.flatMap((path) => {
    const languages = addressesOf(path, siteUrl());
    return Object.values(languages).map((url) => ({ url, alternates: { languages } }));
  });
}
