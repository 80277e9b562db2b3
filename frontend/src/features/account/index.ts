export { AccountPage } from "./AccountPage";
export { EntryPage } from "./EntryPage";
export { LoginForm } from "./LoginForm";
export { NewPasswordPage } from "./NewPasswordPage";
export { nextAddress } from "./next-address";
export { PasswordResetPage } from "./PasswordResetPage";
export { SettingsPage } from "./SettingsPage";
export { VerifyEmailPage } from "./VerifyEmailPage";
