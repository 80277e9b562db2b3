export { BankTransfer } from "./BankTransfer";
export { isOnline } from "./methods";
export { KhaltiPayment } from "./KhaltiPayment";
export { MethodChoice } from "./MethodChoice";
export { OnlyCash } from "./OnlyCash";
export { PayNow } from "./PayNow";
export { ResultPage } from "./ResultPage";
export { useBookingOf } from "./useOutcome";
