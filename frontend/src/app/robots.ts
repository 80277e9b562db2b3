import type { MetadataRoute } from "next";

import { siteUrl } from "@/server/settings";

export const dynamic = "force-dynamic";

export default function robots(): MetadataRoute.Robots {
  const own = ["account", "book/", "booking/", "bookings", "settings/"];
  return {
    rules: { userAgent: "*", disallow: ["/api/", "/session", ...own.map((path) => `/*/${path}`)] },
    sitemap: `${siteUrl()}/sitemap.xml`,
  };
}
