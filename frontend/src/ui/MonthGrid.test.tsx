import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import { type GridDay, MonthGrid } from "./MonthGrid";

// December 2026 begins on a Tuesday; its first Sunday is the 6th.
const days: GridDay[] = Array.from({ length: 31 }, (_, index) => {
  const date = index + 1;
  return {
    key: `2026-12-${String(date).padStart(2, "0")}`,
    text: String(date),
    label: `${date} December`,
    isFree: date % 2 === 1 && date > 4,
  };
});

function shown(selected: string | null = null) {
  const onSelect = vi.fn();
  const onLeave = vi.fn();
  const weekdays = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"].map((short) => ({
    short,
    long: `${short}day`,
  }));
  const grid = { label: "December", weekdays, offset: 1, days, selected, onSelect, onLeave };
  render(<MonthGrid {...grid} />);
  return { onSelect, onLeave, user: userEvent.setup() };
}

const day = (date: number) => screen.getByRole("button", { name: `${date} December` });

describe("the month", () => {
  it("is one Tab stop, at its first free day", async () => {
    const { user } = shown();
    await user.tab();
    expect(day(5)).toHaveFocus();
    await user.tab();
    expect(document.body).toHaveFocus();
  });

  it("is entered at the chosen day", async () => {
    const { user } = shown("2026-12-17");
    await user.tab();
    expect(day(17)).toHaveFocus();
  });

  it.each([
    ["ArrowRight", 18],
    ["ArrowLeft", 16],
    ["ArrowDown", 24],
    ["ArrowUp", 10],
    ["Home", 14],
    ["End", 20],
  ])("%s leads from the 17th to the %d.", async (key, date) => {
    const { user } = shown("2026-12-17");
    await user.tab();
    await user.keyboard(`{${key}}`);
    expect(day(date)).toHaveFocus();
  });

  it.each([
    ["PageUp", -1],
    ["PageDown", 1],
  ])("%s leads to another month", async (key, months) => {
    const { user, onLeave } = shown("2026-12-17");
    await user.tab();
    await user.keyboard(`{${key}}`);
    expect(onLeave).toHaveBeenCalledWith(months);
  });

  it("leads over its own ends to the months beside it", async () => {
    const { user, onLeave } = shown("2026-12-31");
    await user.tab();
    await user.keyboard("{ArrowRight}");
    expect(onLeave).toHaveBeenLastCalledWith(1);
  });

  it("lets a free day be chosen with Enter", async () => {
    const { user, onSelect } = shown("2026-12-17");
    await user.tab();
    await user.keyboard("{Enter}");
    expect(onSelect).toHaveBeenCalledWith("2026-12-17");
  });

  it("lets a day without free times be reached and not chosen", async () => {
    const { user, onSelect } = shown();
    await user.click(day(6));
    expect(day(6)).toHaveAttribute("aria-disabled", "true");
    expect(onSelect).not.toHaveBeenCalled();
  });

  it("leaves other keys to the browser", async () => {
    const { user } = shown("2026-12-17");
    await user.tab();
    await user.keyboard("x");
    expect(day(17)).toHaveFocus();
  });
});
