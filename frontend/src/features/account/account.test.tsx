import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import nepali from "@messages/ne/account.json";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { answer, nobody, refusal } from "@/testing/answers";
import { renderIn } from "@/testing/render";
import { anError, aUser } from "@/testing/samples";
import { openDocument } from "@/ui/open-document";

import { AccountPage } from "./AccountPage";
import { SettingsPage } from "./SettingsPage";
import { VerifyEmailPage } from "./VerifyEmailPage";

vi.mock("@/ui/open-document");

const VERIFY = "/api/auth/verify-email/";
const click = (name: string) => userEvent.click(screen.getByRole("button", { name }));

beforeEach(() => vi.clearAllMocks());

describe("the link that confirms an e-mail", () => {
  const shown = () => renderIn("en", <VerifyEmailPage token="t" />);
  const needed = refusal(400, anError("password_required", "new_password"));

  it("is enough with a login", async () => {
    const asked = answer("post", VERIFY, 204);
    shown();
    expect(await screen.findByText("Your e-mail address is confirmed")).toBeVisible();
    expect(asked.bodies).toEqual([{ token: "t" }]);
  });

  it("is tried again without a login that has ended", async () => {
    answer("post", VERIFY, refusal(401, anError("not_authenticated")), 204);
    shown();
    expect(await screen.findByText("Your e-mail address is confirmed")).toBeVisible();
  });

  it("takes the password else", async () => {
    const asked = answer("post", VERIFY, needed, refusal(400, anError("wrong_password", "password")), 204);
    shown();
    await userEvent.type(await screen.findByLabelText("Password"), "secret-word");
    await click("Confirm");
    expect(await screen.findByRole("alert")).toHaveTextContent("This is not your password");
    await click("Confirm");
    expect(await screen.findByText("Your e-mail address is confirmed")).toBeVisible();
    expect(asked.bodies[2]).toEqual({ token: "t", password: "secret-word" });
  });

  it("takes a new password from who doesn't know the present one", async () => {
    const asked = answer("post", VERIFY, needed, 204);
    shown();
    await userEvent.click(await screen.findByRole("radio", { name: "With a new password" }));
    await userEvent.type(screen.getByLabelText("New password"), "another-word");
    await click("Confirm");
    await waitFor(() => expect(asked.bodies[1]).toEqual({ token: "t", new_password: "another-word" }));
  });

  it("may be too old", async () => {
    answer("post", VERIFY, refusal(400, anError("invalid_link")));
    shown();
    expect(await screen.findByText("This link is too old or was used already")).toBeVisible();
  });

  it("can be tried again where the API is away", async () => {
    answer("post", VERIFY, nobody, 204);
    shown();
    await userEvent.click(await screen.findByRole("button", { name: "Try again" }));
    expect(await screen.findByText("Your e-mail address is confirmed")).toBeVisible();
  });
});

describe("settings of messages", () => {
  it("are switched one by one", async () => {
    answer("get", "/api/notifications/preferences/", { sms: true, email_reviews: true });
    const asked = answer("patch", "/api/notifications/preferences/", { sms: false, email_reviews: true });
    renderIn("en", <SettingsPage />);
    await userEvent.click(await screen.findByRole("checkbox", { name: "Messages by SMS" }));
    await screen.findByText("Saved.");
    expect(screen.getByRole("checkbox", { name: "Messages by SMS" })).not.toBeChecked();
    expect(asked.bodies).toEqual([{ sms: false }]);
  });

  it("say how long to wait after too many changes", async () => {
    answer("get", "/api/notifications/preferences/", { sms: true });
    const throttled = refusal(429, anError("throttled"), { "Retry-After": "30" });
    answer("patch", "/api/notifications/preferences/", throttled);
    renderIn("ne", <SettingsPage />);
    await userEvent.click(await screen.findByRole("checkbox", { name: "एसएमएस सन्देश" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("३० सेकेन्ड");
  });

  it("ask for the login", async () => {
    answer("get", "/api/notifications/preferences/", refusal(401, anError("not_authenticated")));
    renderIn("en", <SettingsPage />);
    expect(await screen.findByLabelText("Password")).toBeVisible();
  });
});

describe("the account", () => {
  it("confirms the phone by a code", async () => {
    answer("get", "/api/auth/me/", aUser({ phone_verified: false }), aUser());
    const asked = answer("post", "/api/auth/verify-phone/", 204);
    renderIn("en", <AccountPage />);
    await screen.findByText(/is not confirmed yet/);
    await click("Send me a code");
    await userEvent.type(await screen.findByLabelText("Code"), "123456");
    await click("Confirm");
    await waitFor(() => expect(screen.queryByText(/is not confirmed yet/)).toBeNull());
    expect(asked.bodies).toEqual([{}, { code: "123456" }]);
  });

  it("changes the password, and logs this device in anew", async () => {
    answer("get", "/api/auth/me/", aUser());
    answer("post", "/api/auth/password-change/", 204);
    const login = answer("post", "/session", { user: aUser() });
    renderIn("en", <AccountPage />);
    await userEvent.type(await screen.findByLabelText("Present password"), "old-word");
    await userEvent.type(screen.getByLabelText("New password"), "new-word-1");
    await click("Set the password");
    await waitFor(() =>
      expect(login.bodies).toEqual([{ email: "maya@example.com", password: "new-word-1" }]),
    );
    expect(screen.getByText("Your password is changed.")).toBeVisible();
  });

  it("keeps the profile", async () => {
    answer("get", "/api/auth/me/", aUser());
    const asked = answer("patch", "/api/auth/me/", aUser({ full_name: "Maya R" }));
    renderIn("en", <AccountPage />);
    await userEvent.clear(await screen.findByLabelText("Your name"));
    await userEvent.type(screen.getByLabelText("Your name"), "Maya R");
    await click("Save");
    expect(await screen.findByText("Saved.")).toBeVisible();
    expect(asked.bodies[0]).toMatchObject({ full_name: "Maya R", language: "en" });
  });

  it("needs the code before it is sent, and can send another", async () => {
    answer("get", "/api/auth/me/", aUser({ phone_verified: false }));
    const asked = answer(
      "post",
      "/api/auth/verify-phone/",
      204,
      refusal(400, anError("wrong_code", "code")),
      refusal(429, anError("throttled"), { "Retry-After": "60" }),
    );
    renderIn("en", <AccountPage />);
    await userEvent.click(await screen.findByRole("button", { name: "Send me a code" }));
    await screen.findByLabelText("Code");
    await click("Confirm");
    expect(await screen.findByRole("alert")).toHaveTextContent("Enter the code from the SMS");
    await userEvent.type(screen.getByLabelText("Code"), "000000{Enter}");
    expect(await screen.findByRole("link", { name: "This is not the code that we sent." })).toBeVisible();
    await click("Send another code");
    expect(await screen.findByText(/Please wait 60 seconds/)).toBeVisible();
    expect(asked.bodies).toEqual([{}, { code: "000000" }, {}]);
  });

  it("misses both passwords before a change is sent", async () => {
    answer("get", "/api/auth/me/", aUser());
    renderIn("en", <AccountPage />);
    await userEvent.click(await screen.findByRole("button", { name: "Set the password" }));
    const summary = await screen.findByRole("alert");
    expect(summary).toHaveTextContent("Enter your password");
    expect(summary).toHaveTextContent("Choose a new password");
  });

  it("shows at its field that the present password is wrong", async () => {
    answer("get", "/api/auth/me/", aUser());
    answer("post", "/api/auth/password-change/", refusal(400, anError("wrong_password", "old_password")));
    renderIn("en", <AccountPage />);
    await userEvent.type(await screen.findByLabelText("Present password"), "no-word");
    await userEvent.type(screen.getByLabelText("New password"), "new-word-1{Enter}");
    await waitFor(() =>
      expect(screen.getByLabelText("Present password")).toHaveAccessibleDescription(
        "This is not your password.",
      ),
    );
  });

  it("shows at its field what of the profile was refused", async () => {
    answer("get", "/api/auth/me/", aUser());
    answer("patch", "/api/auth/me/", refusal(400, anError("invalid_phone", "phone", "Not in use.")));
    renderIn("ne", <AccountPage />);
    await userEvent.click(await screen.findByRole("button", { name: nepali.save }));
    await waitFor(() =>
      expect(screen.getByLabelText(nepali.phone)).toHaveAccessibleDescription("Not in use."),
    );
  });

  it("says why the link couldn't be sent again", async () => {
    answer("get", "/api/auth/me/", aUser({ email_verified: false }));
    answer(
      "post",
      "/api/auth/verify-email/resend/",
      refusal(429, anError("throttled"), { "Retry-After": "30" }),
    );
    renderIn("en", <AccountPage />);
    await userEvent.click(await screen.findByRole("button", { name: "Send the link again" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("wait 30 seconds");
  });

  it("is left to the start page", async () => {
    answer("get", "/api/auth/me/", aUser());
    const asked = answer("delete", "/session", 204);
    renderIn("en", <AccountPage />);
    await userEvent.click(await screen.findByRole("button", { name: "Log out" }));
    await waitFor(() => expect(openDocument).toHaveBeenCalledWith("/en"));
    expect(asked.requests).toHaveLength(1);
  });

  it("says that it couldn't be left", async () => {
    answer("get", "/api/auth/me/", aUser());
    answer("delete", "/session", nobody);
    renderIn("en", <AccountPage />);
    await userEvent.click(await screen.findByRole("button", { name: "Log out" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("can't be reached at the moment");
    expect(openDocument).not.toHaveBeenCalled();
  });

  it("can be asked for again where the API is away", async () => {
    answer("get", "/api/auth/me/", nobody, aUser());
    renderIn("en", <AccountPage />);
    await userEvent.click(await screen.findByRole("button", { name: "Try again" }));
    expect(await screen.findByLabelText("Your name")).toHaveValue("Maya Rai");
  });

  it("sends the link for the e-mail again", async () => {
    answer("get", "/api/auth/me/", aUser({ email_verified: false }));
    answer("post", "/api/auth/verify-email/resend/", 204);
    renderIn("en", <AccountPage />);
    await userEvent.click(await screen.findByRole("button", { name: "Send the link again" }));
    expect(await screen.findByText("It is on its way.")).toBeVisible();
  });
});
