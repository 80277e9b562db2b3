import type { MetadataRoute } from "next";

import { defaultLocale } from "@/i18n/locales";
import { messagesByLocale } from "@/i18n/messages";

export default function manifest(): MetadataRoute.Manifest {
  const { brand, tagline } = messagesByLocale[defaultLocale].common;
  return {
    name: brand,
    short_name: brand,
    description: tagline,
    start_url: "/",
    display: "browser",
    background_color: "#fbf6ee",
    theme_color: "#fbf6ee",
    icons: [{ src: "/icon.svg", sizes: "any", type: "image/svg+xml" }],
  };
}
