export { type FieldOf, summaryOf, useRefusal } from "./useRefusal";
export { useSubmission } from "./useSubmission";
