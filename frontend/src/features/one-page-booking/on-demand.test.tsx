import { screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import { answer, refusal } from "@/testing/answers";
import { renderIn } from "@/testing/render";
import { anError } from "@/testing/samples";

import { DraftBooking, OnePageBooking } from ".";

vi.mock("next/navigation", () => import("@/testing/navigation"));

const FIRST_LOAD = { timeout: 10_000 };

it("a booking in one page is loaded where it is shown", async () => {
  answer("get", "/api/services/", { count: 0, results: [] });
  renderIn("en", <OnePageBooking service={null} today="2026-11-29" isLoggedIn />);
  expect(await screen.findByRole("heading", { name: "Book in one page" }, FIRST_LOAD)).toBeVisible();
});

it("a draft without the wizard is loaded where it is shown", async () => {
  answer("get", "/api/bookings/5/", refusal(404, anError("not_found")));
  renderIn("en", <DraftBooking bookingId={5} />);
  expect(await screen.findByRole("heading", { name: "My bookings" }, FIRST_LOAD)).toBeVisible();
});
