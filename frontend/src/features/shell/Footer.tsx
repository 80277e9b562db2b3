import { getTranslations } from "next-intl/server";

import { flags } from "@/server/flags";

export async function Footer() {
  const t = await getTranslations("common");
  const { payments } = await flags();
  return (
    <footer className="border-t border-line bg-surface">
      <div className="page py-6 text-ink-soft">
        <p className="max-w-prose">{t(payments ? "footerAbout" : "footerAboutCash")}</p>
      </div>
    </footer>
  );
}
