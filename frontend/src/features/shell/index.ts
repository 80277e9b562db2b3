export { calmly, calmMetadata } from "./calmly";
export { PageFrame } from "./PageFrame";
export { Providers } from "./Providers";
export { Trouble } from "./Trouble";
