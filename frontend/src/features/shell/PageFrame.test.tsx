import { screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";

import type { Locale } from "@/i18n/locales";
import { renderPage } from "@/testing/render";
import { request } from "@/testing/request";

import { PageFrame } from "./PageFrame";

vi.mock("next/navigation", () => import("@/testing/navigation"));

describe("what surrounds every page", () => {
  const shown = (locale: Locale = "en") =>
    renderPage(locale, <PageFrame locale={locale}>The page</PageFrame>);
  const hrefOf = (name: string | RegExp) => screen.getByRole("link", { name }).getAttribute("href");

  afterEach(() => {
    request.cookies.clear();
    request.headers.delete("x-method");
    window.history.replaceState(null, "", "/");
  });

  it("lets a keyboard skip to the page", async () => {
    await shown();
    expect(hrefOf("Skip to the content")).toBe("#content");
    expect(screen.getByRole("main")).toHaveAttribute("id", "content");
    expect(screen.getByRole("main")).toHaveTextContent("The page");
  });

  it("offers the login to who has none", async () => {
    await shown();
    expect(hrefOf("Log in")).toBe("/en/login");
    expect(screen.queryByRole("link", { name: "My bookings" })).toBeNull();
  });

  it.each(["access", "refresh"])(
    "leads who has a login, by its %s cookie, to what is theirs",
    async (name) => {
      request.cookies.set(name, "token");
      const { container } = await shown();
      expect(hrefOf("My bookings")).toBe("/en/bookings");
      expect(hrefOf("Account")).toBe("/en/account");
      expect(container).not.toHaveTextContent("token");
    },
  );

  it("offers the same page in the other language, by that language's own name", async () => {
    window.history.replaceState(null, "", "/en/services?city=patan");
    await shown();
    expect(hrefOf(/नेपाली/)).toBe("/language/ne?to=%2Fservices%3Fcity%3Dpatan");
    expect(screen.getByText("नेपाली")).toHaveAttribute("lang", "ne");
  });

  it("offers English to who reads Nepali", async () => {
    await shown("ne");
    expect(hrefOf(/English/)).toBe("/language/en?to=%2F");
  });

  it("says that a form was sent before the page was ready", async () => {
    request.headers.set("x-method", "POST");
    await shown();
    expect(screen.getByRole("alert")).toHaveTextContent("The page was not ready yet");
  });

  it("says nothing of it otherwise", async () => {
    request.headers.set("x-method", "GET");
    await shown();
    expect(screen.queryByRole("alert")).toBeNull();
  });
});
