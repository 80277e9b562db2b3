import { getTranslations } from "next-intl/server";

export default async function Page() {
  const t = await getTranslations("common");
  return (
    <div className="page">
      <h1>{t("tagline")}</h1>
    </div>
  );
}
