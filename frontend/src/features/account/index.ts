export { LoginForm } from "./LoginForm";
