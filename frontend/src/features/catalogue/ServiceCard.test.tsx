import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { renderIn } from "@/testing/render";
import { aCalendarTable, aService } from "@/testing/samples";

import { ServiceCard } from "./ServiceCard";

describe("a service's card", () => {
  it("leads to the service, its provider and the booking", () => {
    renderIn("en", <ServiceCard service={aService()} />);
    const hrefs = screen.getAllByRole("link").map((link) => link.getAttribute("href"));
    expect(hrefs).toEqual(["/en/services/deep-home-cleaning", "/en/providers/3", "/en/book/new?service=7"]);
  });

  it("says of which service its button is", () => {
    renderIn("en", <ServiceCard service={aService()} />);
    expect(screen.getByRole("link", { name: "Book: Deep home cleaning" })).toBeVisible();
  });

  it("shows price, duration and rating", () => {
    renderIn("en", <ServiceCard service={aService({ price: "150000.00" })} />);
    expect(screen.getByText("Rs 1,50,000")).toBeVisible();
    expect(screen.getByText("1 h 30 min")).toBeVisible();
    expect(screen.getByRole("img", { name: "4.5 of 5 stars" })).toBeVisible();
  });

  it("crosses the usual price out beside a reduced one", () => {
    renderIn("en", <ServiceCard service={aService({ discount_price: "1200.00" })} />);
    expect(screen.getByText("Rs 1,200")).toBeVisible();
    expect(screen.getByText("Rs 1,500").closest("del")).not.toBeNull();
  });

  it("says that nobody has reviewed it yet", () => {
    renderIn("en", <ServiceCard service={aService({ rating: null, review_count: 0 })} />);
    expect(screen.getByText("No reviews yet")).toBeVisible();
  });

  it("says when it is free next", () => {
    renderIn("en", <ServiceCard service={aService()} nextFree="2026-12-01T10:00:00+05:45" />);
    expect(screen.getByText("Next free: Tue 1 December, 10:00")).toBeVisible();
  });

  it("has the date of the Nepali calendar beside its next free time in Nepali", () => {
    const nextFree = "2026-12-01T10:00:00+05:45";
    renderIn("ne", <ServiceCard service={aService()} nextFree={nextFree} calendar={aCalendarTable()} />);
    expect(screen.getByText(/मंगल १ डिसेम्बर \(१५ मंसिर\), १०:००/)).toBeVisible();
  });

  it("says that no time is near", () => {
    renderIn("en", <ServiceCard service={aService()} nextFree={null} />);
    expect(screen.getByText("No time free in the next weeks")).toBeVisible();
  });

  it("says nothing of free times where nobody asked", () => {
    renderIn("en", <ServiceCard service={aService()} />);
    expect(screen.queryByText(/free/i)).toBeNull();
  });

  it("shows the picture from the site's own address, else a drawing", () => {
    const url = "http://api.test/media/a.webp";
    const image_set = { url, width: 4, height: 3, sizes: { thumb: url, card: url, full: url } };
    const { container, unmount } = renderIn("en", <ServiceCard service={aService({ image_set })} eager />);
    expect(container.querySelector("img")).toHaveAttribute("src", "/media/a.webp");
    unmount();
    const drawn = renderIn("en", <ServiceCard service={aService()} />);
    expect(drawn.container.querySelector("img")).toBeNull();
  });

  it("speaks Nepali in Nepali", () => {
    renderIn("ne", <ServiceCard service={aService()} />);
    expect(screen.getByText("रु १,५००")).toBeVisible();
  });
});
