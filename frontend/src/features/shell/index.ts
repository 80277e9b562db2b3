export { PageFrame } from "./PageFrame";
export { Providers } from "./Providers";
export { Trouble } from "./Trouble";
