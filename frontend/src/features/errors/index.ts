export { Away } from "./Away";
export { type FieldOf, summaryOf, useRefusal } from "./useRefusal";
export { useTrouble } from "./useTrouble";
