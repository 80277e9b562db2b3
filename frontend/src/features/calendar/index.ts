export { CalendarProvider, useDates } from "./CalendarProvider";
