export { type FieldOf, summaryOf, useRefusal } from "./useRefusal";
