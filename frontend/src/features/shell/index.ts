export { PageFrame } from "./PageFrame";
export { Trouble } from "./Trouble";
