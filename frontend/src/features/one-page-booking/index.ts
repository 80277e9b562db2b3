export { DraftBooking } from "./DraftBooking";
export { OnePageBooking } from "./OnePageBooking";
