import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { answer, nobody, refusal } from "@/testing/answers";
import { renderIn } from "@/testing/render";
import { anError, aUser } from "@/testing/samples";
import { replaceDocument } from "@/ui/open-document";

import { EntryPage } from "./EntryPage";
import { nextAddress } from "./next-address";

vi.mock("@/ui/open-document");

const BACK = "/en/book/new?service=7&go=1";

const login = (next = "/en/bookings") => renderIn("en", <EntryPage kind="login" next={next} />);
const registration = (next = "/en/bookings") => renderIn("en", <EntryPage kind="register" next={next} />);
const type = (label: string, text: string) => userEvent.type(screen.getByLabelText(label), text);
const send = (name: string) => userEvent.click(screen.getByRole("button", { name }));

beforeEach(() => vi.clearAllMocks());

describe("the login", () => {
  it("goes on to where it was asked for", async () => {
    const asked = answer("post", "/session", { user: aUser() });
    login(BACK);
    expect(screen.getByText(/What you have chosen is kept/)).toBeVisible();
    await type("E-mail address", " maya@example.com ");
    await type("Password", "secret-word{Enter}");
    await waitFor(() => expect(replaceDocument).toHaveBeenCalledWith(BACK));
    expect(asked.bodies).toEqual([{ email: "maya@example.com", password: "secret-word" }]);
  });

  it("leads to registration, and to a new password", () => {
    login(BACK);
    expect(screen.getByRole("link", { name: "Create an account" })).toHaveAttribute(
      "href",
      `/en/register?next=${encodeURIComponent(BACK)}`,
    );
    expect(screen.getByRole("link", { name: "Forgotten your password?" })).toHaveAttribute(
      "href",
      "/en/password-reset",
    );
  });

  it("names what is missing, and leads to its field", async () => {
    login();
    await send("Log in");
    const summary = await screen.findByRole("alert");
    expect(summary).toHaveFocus();
    expect(screen.getByLabelText("Password")).toHaveAccessibleDescription("Enter your password");
    await userEvent.click(screen.getByRole("link", { name: "Enter your e-mail address" }));
    expect(screen.getByLabelText("E-mail address")).toHaveFocus();
  });

  it("keeps what was typed where nobody answers, and can be sent again", async () => {
    answer("post", "/session", nobody, { user: aUser() });
    login();
    await type("E-mail address", "maya@example.com");
    await type("Password", "secret-word");
    await send("Log in");
    expect(await screen.findByRole("alert")).toHaveTextContent("can't be reached at the moment");
    expect(screen.getByLabelText("E-mail address")).toHaveValue("maya@example.com");
    await send("Log in");
    await waitFor(() => expect(replaceDocument).toHaveBeenCalledOnce());
  });

  it("is sent once, however often it is clicked", async () => {
    const asked = answer("post", "/session", { user: aUser() });
    login();
    await type("E-mail address", "maya@example.com");
    await type("Password", "secret-word");
    await userEvent.dblClick(screen.getByRole("button", { name: "Log in" }));
    await waitFor(() => expect(replaceDocument).toHaveBeenCalled());
    expect(asked.bodies).toHaveLength(1);
  });
});

describe("registration", () => {
  it("makes a customer of who fills it in, in the page's language", async () => {
    const asked = answer("post", "/session/register", { user: aUser() });
    registration(BACK);
    await type("Your name", "Maya Rai");
    await type("E-mail address", "maya@example.com");
    await type("Phone", "9812345678");
    await type("Password", "secret-word");
    await send("Create an account");
    await waitFor(() => expect(replaceDocument).toHaveBeenCalledWith(BACK));
    expect(asked.bodies).toEqual([
      {
        full_name: "Maya Rai",
        email: "maya@example.com",
        phone: "9812345678",
        password: "secret-word",
        role: "customer",
        language: "en",
      },
    ]);
  });

  it("names all that is missing before anything is sent", async () => {
    registration();
    await send("Create an account");
    await screen.findByRole("alert");
    expect(screen.getByLabelText("Your name")).toHaveAccessibleDescription("Enter your name");
    expect(screen.getByLabelText("E-mail address")).toHaveAccessibleDescription(/This is no e-mail address/);
    expect(screen.getByLabelText("Phone")).toHaveAccessibleDescription(/Enter your phone number/);
    expect(screen.getByLabelText("Password")).toHaveAccessibleDescription(/needs at least 8 characters/);
  });

  it("shows what the server refused at its field", async () => {
    answer(
      "post",
      "/session/register",
      refusal(400, anError("unique", "email", "There is such an account.")),
    );
    registration();
    await type("Your name", "Maya Rai");
    await type("E-mail address", "maya@example.com");
    await type("Phone", "9812345678");
    await type("Password", "secret-word{Enter}");
    await waitFor(() =>
      expect(screen.getByLabelText("E-mail address")).toHaveAccessibleDescription(/There is such an account/),
    );
  });

  it("leads to the login", () => {
    registration();
    expect(screen.getByRole("link", { name: "Log in" })).toHaveAttribute(
      "href",
      "/en/login?next=%2Fen%2Fbookings",
    );
  });
});

describe("the way on after a login", () => {
  it.each([
    ["/en/book/new?service=7", "/en/book/new?service=7"],
    ["//evil.example", "/en/bookings"],
    ["/\\evil.example", "/en/bookings"],
    ["https://evil.example", "/en/bookings"],
    [undefined, "/en/bookings"],
  ])("from %s is %s", (next, address) => {
    expect(nextAddress(next, "en")).toBe(address);
  });
});
