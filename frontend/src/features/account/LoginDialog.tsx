"use client";

import { useLocale, useTranslations } from "next-intl";

import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";

import { LoginForm } from "./LoginForm";

interface Props {
  title: string;
  open: boolean;
  onDone: () => void;
  onClose: () => void;
}

/** Asks for the login where it has ended, above what was being done. */
export function LoginDialog({ title, open, onDone, onClose }: Props) {
  const common = useTranslations("common");
  return (
    <Dialog title={title} open={open} onClose={onClose}>
      <div className="space-y-4">
        <LoginForm onDone={onDone} />
        <NewAccount />
        <Button kind="secondary" onClick={onClose}>
          {common("close")}
        </Button>
      </div>
    </Dialog>
  );
}

function NewAccount() {
  const t = useTranslations("account");
  const common = useTranslations("common");
  const locale = useLocale();
  const { pathname, search } = window.location;
  // A booking that is begun stays with its account; a choice in the address is anybody's.
  const query = pathname.endsWith("/book/new") ? `?next=${encodeURIComponent(pathname + search)}` : "";
  return (
    <p>
      {t("noAccount")}{" "}
      <a className="link" href={`/${locale}/register${query}`}>
        {common("register")}
      </a>
    </p>
  );
}
