export * from "./bikram-sambat";
export * from "./both-calendars";
export * from "./dates";
export * from "./digits";
export * from "./duration";
export * from "./rupees";
