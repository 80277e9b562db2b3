import type { ReactElement } from "react";

import { FlagsProvider } from "@/features/flags";
import type { Flags } from "@/server/flags";

/** Returns what puts an element where some of what is offered is switched off. */
export function without(...off: (keyof Flags)[]): (element: ReactElement) => ReactElement {
  const isOn = (flag: keyof Flags) => !off.includes(flag);
  const flags: Flags = { wizard: isOn("wizard"), slots: isOn("slots"), payments: isOn("payments") };
  return function offering(element) {
    return <FlagsProvider flags={flags}>{element}</FlagsProvider>;
  };
}
