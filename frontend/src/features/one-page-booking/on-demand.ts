"use client";

import dynamic from "next/dynamic";

// Loaded where they are shown: the wizard's pages, in whose place they stand, do without their scripts.

export const OnePageBooking = dynamic(() =>
  import("./OnePageBooking").then((loaded) => loaded.OnePageBooking),
);

export const DraftBooking = dynamic(() => import("./DraftBooking").then((loaded) => loaded.DraftBooking));
