export { FlagsProvider, useFlags } from "./FlagsProvider";
