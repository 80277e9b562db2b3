export { BookingWizard } from "./BookingWizard";
export { isStepName } from "./model";
export { NewBooking } from "./NewBooking";
export { choiceInAddress, newBookingAddress } from "./new-booking-address";
export { ServiceStep } from "./ServiceStep";
export { WizardFrame } from "./WizardFrame";
