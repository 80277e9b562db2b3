import { getRequestConfig } from "next-intl/server";

import { defaultLocale, isLocale } from "./locales";
import { messagesByLocale } from "./messages";

export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale;
  const locale = isLocale(requested) ? requested : defaultLocale;
  return { locale, messages: messagesByLocale[locale], timeZone: "Asia/Kathmandu" };
});
