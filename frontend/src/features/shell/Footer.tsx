import { getTranslations } from "next-intl/server";

import { flags } from "@/server/flags";

import { Mark } from "./Mark";

export async function Footer() {
  const t = await getTranslations("common");
  const { payments } = await flags();
  return (
    <footer className="border-t border-line bg-surface">
      <div className="page flex items-start gap-4 py-8 text-ink-soft">
        <Mark />
        <p className="max-w-prose flex-1">{t(payments ? "footerAbout" : "footerAboutCash")}</p>
      </div>
    </footer>
  );
}
