export { Away } from "./Away";
export { type FieldOf, summaryOf, useRefusal } from "./useRefusal";
export { useSubmission } from "./useSubmission";
export { useTrouble } from "./useTrouble";
