export { DraftBooking, OnePageBooking } from "./on-demand";
