import { getTranslations } from "next-intl/server";

export async function Footer() {
  const t = await getTranslations("common");
  return (
    <footer className="border-t border-line bg-surface">
      <div className="page py-6 text-ink-soft">
        <p className="max-w-prose">{t("footerAbout")}</p>
      </div>
    </footer>
  );
}
