import type { Locale } from "./locales";

import enAccount from "@messages/en/account.json";
import enBookings from "@messages/en/bookings.json";
import enCatalogue from "@messages/en/catalogue.json";
import enCommon from "@messages/en/common.json";
import enErrors from "@messages/en/errors.json";
import enOnePage from "@messages/en/onePage.json";
import enPayment from "@messages/en/payment.json";
import enTrouble from "@messages/en/trouble.json";
import enWizard from "@messages/en/wizard.json";
import neAccount from "@messages/ne/account.json";
import neBookings from "@messages/ne/bookings.json";
import neCatalogue from "@messages/ne/catalogue.json";
import neCommon from "@messages/ne/common.json";
import neErrors from "@messages/ne/errors.json";
import neOnePage from "@messages/ne/onePage.json";
import nePayment from "@messages/ne/payment.json";
import neTrouble from "@messages/ne/trouble.json";
import neWizard from "@messages/ne/wizard.json";

const en = {
  account: enAccount,
  bookings: enBookings,
  catalogue: enCatalogue,
  common: enCommon,
  errors: enErrors,
  onePage: enOnePage,
  payment: enPayment,
  trouble: enTrouble,
  wizard: enWizard,
};

export type Messages = typeof en;

const ne: Messages = {
  account: neAccount,
  bookings: neBookings,
  catalogue: neCatalogue,
  common: neCommon,
  errors: neErrors,
  onePage: neOnePage,
  payment: nePayment,
  trouble: neTrouble,
  wizard: neWizard,
};

/** Every word of the site, by language and by the part of the site that says it. */
export const messagesByLocale: Record<Locale, Messages> = { en, ne };
