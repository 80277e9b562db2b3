"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";

/** Shows what it has to say on the page that was sent, and not on those that follow it. */
export function SentTooEarly({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  const [sent] = useState(pathname);
  return pathname === sent && children;
}
