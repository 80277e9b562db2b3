export * from "./bikram-sambat";
export * from "./dates";
export * from "./digits";
export * from "./duration";
export * from "./rupees";
