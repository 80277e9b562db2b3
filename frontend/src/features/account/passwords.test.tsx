import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { answer, refusal } from "@/testing/answers";
import { renderIn } from "@/testing/render";
import { anError } from "@/testing/samples";

import { NewPasswordPage } from "./NewPasswordPage";
import { PasswordResetPage } from "./PasswordResetPage";

const RESET = "/api/auth/password-reset/";
const CONFIRM = "/api/auth/password-reset/confirm/";

const click = (name: string) => userEvent.click(screen.getByRole("button", { name }));

describe("a forgotten password", () => {
  it("has a link sent, and says the same whether or not there is such an account", async () => {
    const asked = answer("post", RESET, 204);
    renderIn("en", <PasswordResetPage />);
    await userEvent.type(screen.getByLabelText("E-mail address"), "maya@example.com");
    await click("Send me a link");
    expect(await screen.findByRole("status")).toHaveTextContent("If there is an account with this address");
    expect(asked.bodies).toEqual([{ email: "maya@example.com" }]);
  });

  it("needs the address", async () => {
    renderIn("en", <PasswordResetPage />);
    await click("Send me a link");
    expect(await screen.findByRole("alert")).toHaveTextContent("Enter your e-mail address");
  });

  it("says how long to wait after too many tries", async () => {
    answer("post", RESET, refusal(429, anError("throttled"), { "Retry-After": "40" }));
    renderIn("en", <PasswordResetPage />);
    await userEvent.type(screen.getByLabelText("E-mail address"), "maya@example.com{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("wait 40 seconds");
  });
});

describe("a new password", () => {
  const shown = () => renderIn("en", <NewPasswordPage uid="u" token="t" />);

  it("is set by the link, and leads to the login", async () => {
    const asked = answer("post", CONFIRM, 204);
    shown();
    await userEvent.type(screen.getByLabelText("New password"), "another-word");
    await click("Set the password");
    expect(await screen.findByRole("link", { name: "Log in" })).toHaveAttribute("href", "/en/login");
    expect(asked.bodies).toEqual([{ uid: "u", token: "t", password: "another-word" }]);
  });

  it("can't be empty", async () => {
    shown();
    await click("Set the password");
    expect(await screen.findByRole("alert")).toHaveTextContent("Choose a new password");
  });

  it("that is too weak is refused at its field", async () => {
    answer("post", CONFIRM, refusal(400, anError("password_too_common", "password", "Too common.")));
    shown();
    await userEvent.type(screen.getByLabelText("New password"), "password{Enter}");
    expect(await screen.findByRole("link", { name: "Too common." })).toHaveAttribute("href", "#password");
  });

  it("by a link that is too old is refused above the form", async () => {
    answer("post", CONFIRM, refusal(400, anError("invalid_link", "token", "Too old.")));
    shown();
    await userEvent.type(screen.getByLabelText("New password"), "another-word{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("Too old.");
    expect(screen.queryByRole("link", { name: "Too old." })).toBeNull();
  });
});
