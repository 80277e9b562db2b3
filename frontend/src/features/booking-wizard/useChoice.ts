"use client";

import { useSearchParams } from "next/navigation";
import { useState } from "react";

import type { Choice } from "./model";
import { choiceInAddress } from "./new-booking-address";

/**
 * What the address says of a choice when a step is shown.
 *
 * Not what the server read there: Back shows a page from memory, and its address may have changed since it was asked
 * for.
 */
export function useChoice(): Choice {
  const query = useSearchParams();
  const [choice] = useState(() => choiceInAddress(Object.fromEntries(query)));
  return choice;
}
