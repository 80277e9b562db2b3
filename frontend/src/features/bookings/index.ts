export { BookingPage } from "./BookingPage";
export { MyBookings } from "./MyBookings";
export { NeedsLogin } from "./NeedsLogin";
export { PayPage } from "./PayPage";
export { type View, views } from "./queries";
export { ReviewPage } from "./ReviewPage";
