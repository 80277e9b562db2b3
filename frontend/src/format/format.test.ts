import { describe, expect, it } from "vitest";

import {
  addDays,
  addMonths,
  bikramSambat,
  clockTime,
  countdown,
  datesIn,
  dayOf,
  daysInMonth,
  digits,
  duration,
  isSomething,
  longDate,
  rupees,
  shortDate,
  waitingTime,
  weekdayName,
  weekdayOf,
} from ".";

describe("rupees", () => {
  it.each([
    ["0.00", "Rs\u00a00"],
    ["999.00", "Rs\u00a0999"],
    ["1500.00", "Rs\u00a01,500"],
    ["150000.00", "Rs\u00a01,50,000"],
    ["12345678.50", "Rs\u00a01,23,45,678.50"],
    ["20.5", "Rs\u00a020.50"],
    ["-1500.00", "−Rs\u00a01,500"],
    ["7", "Rs\u00a07"],
  ])("writes %s as %s", (amount, written) => {
    expect(rupees(amount, "en")).toBe(written);
  });

  it("writes Nepali digits and sign in Nepali", () => {
    expect(rupees("150000.00", "ne")).toBe("रु\u00a0१,५०,०००");
  });

  it("knows an amount from nothing and from a debt", () => {
    expect(["0.00", "0.01", "-5.00"].map(isSomething)).toEqual([false, true, false]);
  });
});

describe("dates", () => {
  it("are long and short in both languages", () => {
    expect(longDate("2026-12-01", "en")).toBe("Tuesday, 1 December 2026");
    expect(longDate("2026-12-01", "ne")).toBe("मंगलबार, १ डिसेम्बर २०२६");
    expect(shortDate("2026-12-01", "en")).toBe("Tue 1 December");
  });

  it("move over the ends of months and years", () => {
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(addMonths("2026-12", 1)).toBe("2027-01");
    expect(addMonths("2026-01", -1)).toBe("2025-12");
  });

  it("know leap years", () => {
    expect([daysInMonth("2028-02"), daysInMonth("2026-02")]).toEqual([29, 28]);
  });

  it("begin the week with Monday", () => {
    expect(weekdayOf("2026-11-30")).toBe(0);
    expect(weekdayName(6, "en")).toBe("Sunday");
    expect(weekdayName(7, "en")).toBe("");
  });

  it("take day and time of an instant as the API writes them, whatever the device's zone", () => {
    expect(dayOf("2026-12-01T00:10:00+05:45")).toBe("2026-12-01");
    expect(clockTime("2026-12-01T00:10:00+05:45", "en")).toBe("00:10");
    expect(clockTime("09:30:00", "ne")).toBe("०९:३०");
  });
});

describe("the calendar of Nepal", () => {
  const table = {
    starts_on: "2026-04-14",
    years: [{ year: 2083, months: [31, 31, 32, 31, 31, 31, 30, 29, 30, 29, 30, 30] }],
  };

  it("begins its year with the table", () => {
    expect(bikramSambat("2026-04-14", table)).toEqual({ year: 2083, month: 1, date: 1 });
  });

  it("counts on through its months", () => {
    expect(bikramSambat("2026-05-15", table)).toEqual({ year: 2083, month: 2, date: 1 });
  });

  it("says nothing of days before and after its table", () => {
    expect(bikramSambat("2026-04-13", table)).toBeNull();
    expect(bikramSambat("2028-01-01", table)).toBeNull();
  });
});

describe("dates in Nepali", () => {
  const table = {
    starts_on: "2026-04-14",
    years: [
      { year: 2083, months: [31, 31, 32, 31, 31, 31, 30, 29, 30, 29, 30, 30] },
      { year: 2084, months: [31, 31, 32, 31, 31, 31, 30, 29, 30, 29, 30, 30] },
    ],
  };
  const nepali = datesIn("ne", table);

  it("have the date B.S. beside them", () => {
    expect(nepali.long("2026-12-01")).toBe("मंगलबार, १ डिसेम्बर २०२६ (१५ मंसिर २०८३)");
    expect(nepali.plain("2026-12-01")).toBe("१ डिसेम्बर २०२६ (१५ मंसिर २०८३)");
    expect(nepali.short("2026-12-01")).toBe("मंगल १ डिसेम्बर (१५ मंसिर)");
    expect(nepali.numberBeside("2026-12-01")).toBe("१५");
  });

  it("have the months B.S. beside a month, and both years where one ends in it", () => {
    expect(nepali.monthsBeside("2026-12")).toBe("मंसिर – पुस २०८३");
    expect(nepali.monthsBeside("2027-04")).toBe("चैत २०८३ – बैशाख २०८४");
  });

  it("are A.D. alone without the table, and where it doesn't reach", () => {
    expect(datesIn("ne", null).plain("2026-12-01")).toBe("१ डिसेम्बर २०२६");
    expect(nepali.plain("2026-04-13")).toBe("१३ अप्रिल २०२६");
    expect(nepali.monthsBeside("2026-04")).toBeNull();
    expect(nepali.numberBeside("2026-04-13")).toBeNull();
  });

  it("leave English dates as they are", () => {
    const english = datesIn("en", table);
    expect(english.long("2026-12-01")).toBe("Tuesday, 1 December 2026");
    expect(english.monthsBeside("2026-12")).toBeNull();
  });
});

describe("lengths of time", () => {
  it.each([
    [0, "0 min"],
    [45, "45 min"],
    [60, "1 h"],
    [90, "1 h 30 min"],
  ])("%d minutes are %s", (minutes, written) => {
    expect(duration(minutes, "en")).toBe(written);
  });

  it.each([
    [1, "1 second", "१ सेकेन्ड"],
    [90, "90 seconds", "९० सेकेन्ड"],
    [90.5, "2 minutes", "२ मिनेट"],
    [3107, "52 minutes", "५२ मिनेट"],
  ])("%d seconds to wait are told as %s", (seconds, english, nepali) => {
    expect([waitingTime(seconds, "en"), waitingTime(seconds, "ne")]).toEqual([english, nepali]);
  });

  it("count down to nought and no further", () => {
    expect([countdown(845, "en"), countdown(9.9, "en"), countdown(-3, "en")]).toEqual([
      "14:05",
      "0:09",
      "0:00",
    ]);
  });
});

describe("digits", () => {
  it("are Devanagari in Nepali alone", () => {
    expect([digits(2026, "en"), digits("0789", "ne")]).toEqual(["2026", "०७८९"]);
  });
});
