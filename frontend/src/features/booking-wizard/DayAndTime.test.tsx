import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Locale } from "@/i18n/locales";
import { answer, nobody } from "@/testing/answers";
import { renderIn } from "@/testing/render";
import { aService, aSlot } from "@/testing/samples";

import { DayAndTime } from "./DayAndTime";
import type { ChosenTime, Service } from "./model";

const DAYS = "/api/booking-slots/available-dates/";
const TIMES = "/api/booking-slots/available-slots/";

interface Shown {
  locale?: Locale;
  chosen?: ChosenTime | null;
  initialDate?: string | null;
  service?: Partial<Service>;
}

function shown({ locale = "en", chosen = null, initialDate = null, service }: Shown = {}) {
  const onChoose = vi.fn();
  renderIn(
    locale,
    <DayAndTime
      service={aService({ max_advance_days: 10, ...service })}
      bookingId={5}
      wish={{ staff: 11, gender: "female" }}
      today="2026-11-29"
      chosen={chosen}
      onChoose={onChoose}
      initialDate={initialDate}
    />,
  );
  return onChoose;
}

const day = (label: RegExp) => screen.findByLabelText(label);
const click = (name: string) => userEvent.click(screen.getByRole("button", { name }));

beforeEach(() => {
  answer("get", DAYS, [
    { date: "2026-11-30", available_slots: 2 },
    { date: "2026-12-01", available_slots: 1 },
  ]);
  answer("get", TIMES, [aSlot("10:00:00"), aSlot("12:00:00")]);
});

describe("the days", () => {
  it("each say how many times are free", async () => {
    shown();
    expect(await day(/30 November 2026, times free: 2/)).toBeVisible();
    expect(await day(/29 November 2026, no time free/)).toBeVisible();
  });

  it("are of the first month in which one is free", async () => {
    answer("get", DAYS, ({ url }: Request) =>
      Response.json(
        new URL(url).searchParams.get("month") === "2026-11"
          ? [{ date: "2026-11-28", available_slots: 2 }]
          : [{ date: "2026-12-01", available_slots: 1 }],
      ),
    );
    shown();
    expect(await screen.findByRole("heading", { name: "December 2026" })).toBeVisible();
    await click("The month before");
    expect(await screen.findByRole("heading", { name: "November 2026" })).toBeVisible();
  });

  it("are asked for by the wish, beside one's own hold", async () => {
    const asked = answer("get", DAYS, []);
    shown();
    await screen.findByText("No day of this month is free. Look at the next one.");
    expect(Object.fromEntries(new URL(asked.requests[0]!.url).searchParams)).toEqual({
      service_id: "7",
      booking_id: "5",
      staff: "11",
      preferred_provider_gender: "female",
      month: "2026-11",
    });
  });

  it("go on to the last month that can be booked, and back to this one", async () => {
    shown();
    await click("The month after");
    expect(await screen.findByRole("heading", { name: "December 2026" })).toBeVisible();
    expect(screen.getByRole("button", { name: "The month after" })).toBeDisabled();
    await click("The month before");
    expect(await screen.findByRole("heading", { name: "November 2026" })).toBeVisible();
    expect(screen.getByRole("button", { name: "The month before" })).toBeDisabled();
  });

  it("can be asked for again where nobody answered", async () => {
    answer("get", DAYS, nobody, [{ date: "2026-11-30", available_slots: 2 }]);
    shown();
    await userEvent.click(await screen.findByRole("button", { name: "Ask again" }));
    expect(await day(/30 November 2026, times free: 2/)).toBeVisible();
  });

  it("have their dates of the Nepali calendar beside them in Nepali", async () => {
    shown({ locale: "ne", initialDate: "2026-11-30" });
    expect(await day(/१३ मंसिर २०८३/)).toHaveTextContent("२९१३");
    expect(screen.getByRole("heading", { name: /^नोभेम्बर २०२६/ })).toHaveTextContent("कात्तिक – मंसिर २०८३");
    expect(screen.getByRole("heading", { name: /सोमबार, ३० नोभेम्बर/ })).toHaveTextContent("१४ मंसिर २०८३");
  });
});

describe("the times of a day", () => {
  it("take the focus when the day is chosen, and what was chosen on another is dropped", async () => {
    const onChoose = shown({ chosen: { date: "2026-12-01", time: "10:00:00" } });
    await userEvent.click(await day(/30 November 2026, times free: 2/));
    await screen.findByText("2 times are free.");
    await waitFor(() => expect(screen.getByText("Monday, 30 November 2026")).toHaveFocus());
    expect(onChoose).toHaveBeenCalledWith(null);
  });

  it("are chosen one by one", async () => {
    const onChoose = shown({ initialDate: "2026-11-30" });
    await userEvent.click(await screen.findByRole("radio", { name: "12:00" }));
    expect(onChoose).toHaveBeenCalledWith({ date: "2026-11-30", time: "12:00:00" });
  });

  it("say how many seats are left in a class", async () => {
    answer("get", TIMES, [aSlot("10:00:00", { max_bookings: 8, remaining: 3 })]);
    shown({ initialDate: "2026-11-30", service: { max_bookings: 8 } });
    expect(await screen.findByText("3 seats left")).toBeVisible();
  });

  it("are one or several", async () => {
    answer("get", TIMES, [aSlot("10:00:00", { max_bookings: 8, remaining: 1 })]);
    shown({ initialDate: "2026-11-30", service: { max_bookings: 8 } });
    expect(await screen.findByText("1 seat left")).toBeVisible();
    expect(screen.getByText("1 time is free.")).toBeVisible();
  });

  it("may all be gone", async () => {
    answer("get", TIMES, []);
    shown({ initialDate: "2026-11-30" });
    expect(await screen.findByText("No time is free on this day any more.")).toBeVisible();
  });

  it("say that they couldn't be loaded", async () => {
    answer("get", TIMES, nobody);
    shown({ initialDate: "2026-11-30" });
    expect(await screen.findByText("Free times couldn't be loaded.")).toBeVisible();
  });
});
