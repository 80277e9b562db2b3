// `Providers` is not among these: whoever imports this file would bring it, and React Query, to every page.
export { calmly, calmMetadata } from "./calmly";
export { PageFrame } from "./PageFrame";
export { Trouble } from "./Trouble";
