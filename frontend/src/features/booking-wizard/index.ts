export { BookingWizard } from "./BookingWizard";
export { DayAndTime } from "./DayAndTime";
export { LostTime } from "./LostTime";
export { type ChosenTime, isStepName } from "./model";
export { NewBooking } from "./NewBooking";
export { choiceInAddress, newBookingAddress } from "./new-booking-address";
export { useService } from "./queries";
export { ServiceStep } from "./ServiceStep";
export { WizardFrame } from "./WizardFrame";
