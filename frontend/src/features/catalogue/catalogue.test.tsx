import { screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { answer, nobody, refusal } from "@/testing/answers";
import { renderPage } from "@/testing/render";
import { aList, anError, aProvider, aReview, aService } from "@/testing/samples";
import { showIn } from "@/testing/translations";

import { ProviderPage, providerMetadata } from "./ProviderPage";
import type { ServiceSearch } from "./search";
import { serviceMetadata, ServicePage } from "./ServicePage";
import { ServicesPage, servicesMetadata } from "./ServicesPage";
import { StartPage } from "./StartPage";
import type { Service } from "./types";

vi.mock("next/navigation", () => import("@/testing/navigation"));
// Answers of one test must not serve another.
vi.mock("@/api/memory", () => ({ remembered: (_: string, ask: () => Promise<Response>) => ask() }));

const url = "http://api.test/media/a.webp";
const image_set = { url, width: 4, height: 3, sizes: { thumb: url, card: url, full: url } };

beforeEach(() => {
  showIn("en");
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-11-29T06:00:00Z") });
  answer("get", "/api/booking-slots/next-available/", [
    { service: 7, date: "2026-12-01", start_time: "10:00:00", starts_at: "2026-12-01T10:00:00+05:45" },
  ]);
});
afterEach(() => vi.useRealTimers());

const hrefOf = (name: string | RegExp) => screen.getByRole("link", { name }).getAttribute("href");

/** What is said of a name in a list of facts. */
const factOf = (name: string) => screen.getByText(name, { selector: "dt" }).nextElementSibling;

describe("the start page", () => {
  beforeEach(() => {
    answer("get", "/api/service-categories/", aList([{ id: 1, name: "Cleaning", slug: "cleaning" }]));
    answer("get", "/api/cities/", aList([{ id: 1, name: "Kathmandu", slug: "kathmandu" }]));
  });

  it("searches by what and where, without scripts", async () => {
    answer("get", "/api/services/", aList([aService()]));
    await renderPage("en", <StartPage />);
    const search = screen.getByRole("search");
    expect(search).toHaveAttribute("action", "/en/services");
    expect(within(search).getByLabelText("What do you need?")).toHaveAttribute("name", "search");
    expect(within(search).getByRole("option", { name: "Kathmandu" })).toHaveValue("kathmandu");
  });

  it("leads to each category", async () => {
    answer("get", "/api/services/", aList([]));
    await renderPage("en", <StartPage />);
    expect(hrefOf("Cleaning")).toBe("/en/services?category=cleaning");
  });

  it("shows what is liked best, with its next free time", async () => {
    const asked = answer("get", "/api/services/", aList([aService()]));
    await renderPage("en", <StartPage />);
    expect(screen.getByRole("heading", { level: 3, name: "Deep home cleaning" })).toBeVisible();
    expect(screen.getByText("Next free: Tue 1 December, 10:00")).toBeVisible();
    expect(new URL(asked.requests[0]!.url).searchParams.get("ordering")).toBe("-rating");
  });

  it("lets a visitor choose their city, without scripts", async () => {
    answer("get", "/api/services/", aList([aService()]));
    await renderPage("en", <StartPage />);
    const choice = screen.getByLabelText("Your city");
    expect(choice).toHaveAttribute("name", "city");
    expect(choice.closest("form")).toHaveAttribute("action", "/en");
    expect(within(choice).getByRole("option", { name: "Kathmandu" })).toHaveValue("kathmandu");
  });

  it("shows what is liked in the chosen city, and leads to all of it and to another city", async () => {
    const asked = answer("get", "/api/services/", aList([aService()]));
    await renderPage("en", <StartPage city="kathmandu" />);
    const near = within(screen.getByRole("region", { name: "Well liked in Kathmandu" }));
    expect(near.getByRole("heading", { name: "Deep home cleaning" })).toBeVisible();
    expect(hrefOf("All services in Kathmandu")).toBe("/en/services?city=kathmandu");
    expect(hrefOf("Another city")).toBe("/en?city=");
    expect(screen.queryByLabelText("Your city")).toBeNull();
    const cities = asked.requests.map(({ url }) => new URL(url).searchParams.get("city"));
    expect(cities.sort()).toEqual(["kathmandu", null]);
  });

  it("says that the chosen city has nothing yet", async () => {
    answer("get", "/api/services/", aList([]));
    await renderPage("en", <StartPage city="kathmandu" />);
    expect(screen.getByText("Nothing can be booked in Kathmandu at the moment.")).toBeVisible();
  });

  it("offers the choice again where no such city is known", async () => {
    answer("get", "/api/services/", aList([]));
    await renderPage("en", <StartPage city="atlantis" />);
    expect(screen.getByLabelText("Your city")).toBeVisible();
  });

  it("is asked for in its own language", async () => {
    const asked = answer("get", "/api/services/", aList([aService()]));
    await renderPage("ne", <StartPage />);
    expect(hrefOf("सरसफाइ")).toBe("/ne/services?category=cleaning");
    expect(screen.getByRole("option", { name: "काठमाडौं" })).toHaveValue("kathmandu");
    expect(screen.getByText(/मंगल १ डिसेम्बर \(१५ मंसिर\)/)).toBeVisible();
    expect(asked.requests[0]!.headers.get("accept-language")).toBe("ne");
    expect(screen.getByText("रु १,५००")).toBeVisible();
  });

  it("stands without what the API has none of", async () => {
    const gone = refusal(404, anError("not_found"));
    answer("get", "/api/service-categories/", gone);
    answer("get", "/api/cities/", gone);
    answer("get", "/api/services/", gone);
    await renderPage("en", <StartPage />);
    expect(screen.getByRole("heading", { level: 2, name: "Categories" })).toBeVisible();
  });

  it("says that the API is away", async () => {
    answer("get", "/api/services/", nobody);
    await renderPage("en", <StartPage />);
    expect(screen.getByRole("heading", { name: /can't be reached/ })).toBeVisible();
  });
});

describe("the list of services", () => {
  const facets = {
    categories: [{ id: 1, slug: "cleaning", name: "Cleaning", count: 12 }],
    cities: [{ id: 2, slug: "patan", name: "Patan", count: 3 }],
    price: { min: "500.00", max: "4500.00" },
  };
  const shown = (search: ServiceSearch = {}) => renderPage("en", <ServicesPage search={search} />);

  it("asks for what the address says, and says how many there are", async () => {
    const asked = answer("get", "/api/services/", { ...aList([aService()], 1), facets });
    await shown({ search: "clean", city: "patan" });
    expect(Object.fromEntries(new URL(asked.requests[0]!.url).searchParams)).toEqual({
      search: "clean",
      city: "patan",
      page_size: "18",
      facets: "true",
    });
    expect(screen.getByRole("status")).toHaveTextContent("Services found: 1");
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Services for “clean”");
  });

  it("says how many each way of narrowing leaves", async () => {
    answer("get", "/api/services/", { ...aList([aService()]), facets });
    await shown();
    expect(screen.getByRole("option", { name: "Cleaning (12)" })).toHaveValue("cleaning");
    expect(screen.getByRole("option", { name: "Patan (3)" })).toHaveValue("patan");
    expect(screen.getByText("Rs 500 – Rs 4,500")).toBeVisible();
  });

  it("keeps in the form what narrows it, and can drop all of it", async () => {
    answer("get", "/api/services/", { ...aList([aService()]), facets });
    await shown({ category: "cleaning", city: "patan", min_price: "500", ordering: "price" });
    expect(screen.getByLabelText("Category")).toHaveValue("cleaning");
    expect(screen.getByLabelText("City")).toHaveValue("patan");
    expect(screen.getByLabelText("From")).toHaveValue("500");
    expect(screen.getByLabelText("Order")).toHaveValue("price");
    expect(hrefOf("Clear all")).toBe("/en/services");
  });

  it("names no prices where there are none", async () => {
    answer("get", "/api/services/", {
      ...aList([]),
      facets: { categories: [], cities: [], price: { min: null, max: null } },
    });
    await shown();
    expect(screen.getByText("Price")).toHaveTextContent(/^Price$/);
  });

  it("leads to the pages before and after, with the search kept", async () => {
    answer("get", "/api/services/", aList([aService()], 60));
    await shown({ search: "clean", page: 2 });
    expect(screen.getByText("Page 2 of 4")).toBeVisible();
    expect(hrefOf("Previous")).toBe("/en/services?search=clean&page=1");
    expect(hrefOf("Next")).toBe("/en/services?search=clean&page=3");
  });

  it.each([
    [1, "Previous"],
    [4, "Next"],
  ])("has on page %i no way to the %s one", async (page, name) => {
    answer("get", "/api/services/", aList([aService()], 60));
    await shown({ page });
    expect(screen.queryByRole("link", { name })).toBeNull();
  });

  it("says that nothing fits, and leads back to everything", async () => {
    answer("get", "/api/services/", { ...aList([]), facets });
    await shown({ search: "rocket" });
    expect(screen.getByText(/Nothing fits all of that/)).toBeVisible();
    expect(screen.getAllByRole("link", { name: "Clear all" })[0]).toHaveAttribute("href", "/en/services");
  });

  it.each([
    ["a page beyond the last one", { page: 99 }, refusal(404, anError("not_found"))],
    ["what the API can't search for", { search: "\u0001" }, refusal(400, anError("invalid_text", "search"))],
  ])("isn't there for %s", async (_, search, refused) => {
    answer("get", "/api/services/", refused);
    await expect(shown(search)).rejects.toThrow("not found");
  });

  it("says how long to wait after too many requests", async () => {
    answer("get", "/api/services/", refusal(429, anError("throttled"), { "Retry-After": "30" }));
    await shown();
    expect(screen.getByText(/Please wait 30 seconds/)).toBeVisible();
  });

  it("is kept out of search engines where it is narrowed", async () => {
    expect(await servicesMetadata({ search: "clean" })).toMatchObject({
      title: "Services for “clean”",
      robots: { index: false, follow: true },
    });
  });

  it("names each of its pages in search engines where it isn't", async () => {
    expect(await servicesMetadata({ page: 2 })).toMatchObject({
      title: "Services",
      alternates: { canonical: "/en/services?page=2", languages: { ne: "/ne/services" } },
      robots: undefined,
    });
  });
});

describe("a service's page", () => {
  const shown = (changes: Partial<Service> = {}, reviewsPage = 1) => {
    answer("get", "/api/services/", aList([aService(changes)]));
    return renderPage("en", <ServicePage slug="deep-home-cleaning" reviewsPage={reviewsPage} />);
  };

  beforeEach(() => {
    answer("get", "/api/booking-slots/available-dates/", []);
    answer("get", "/api/services/7/reviews/", aList([]));
  });

  it("has the dates of the Nepali calendar beside its own in Nepali", async () => {
    answer("get", "/api/services/", aList([aService()]));
    answer("get", "/api/booking-slots/available-dates/", [{ date: "2026-12-01", available_slots: 3 }]);
    answer("get", "/api/services/7/reviews/", aList([aReview()]));
    await renderPage("ne", <ServicePage slug="deep-home-cleaning" reviewsPage={1} />);
    expect(screen.getAllByText("मंगलबार, १ डिसेम्बर २०२६ (१५ मंसिर २०८३)")[0]).toBeVisible();
    expect(screen.getByText("२० नोभेम्बर २०२६ (४ मंसिर २०८३)")).toBeVisible();
  });

  it("stands without them while the calendar can't be asked for", async () => {
    answer("get", "/api/calendar-table/", nobody);
    answer("get", "/api/services/", aList([aService()]));
    answer("get", "/api/services/7/reviews/", aList([aReview()]));
    await renderPage("ne", <ServicePage slug="deep-home-cleaning" reviewsPage={1} />);
    expect(screen.getByText("२० नोभेम्बर २०२६")).toBeVisible();
  });

  it("says what one gets, from whom, where and for how much", async () => {
    await shown();
    expect(screen.getByRole("heading", { level: 1, name: "Deep home cleaning" })).toBeVisible();
    expect(hrefOf("Sagarmatha Cleaners")).toBe("/en/providers/3");
    expect(hrefOf("Cleaning")).toBe("/en/services?category=cleaning");
    expect(factOf("Takes")).toHaveTextContent("1 h 30 min");
    expect(factOf("Where")).toHaveTextContent("Kathmandu");
    expect(screen.getByText("Kitchen, bath and windows.")).toBeVisible();
    expect(screen.getByText("Sita Gurung")).toBeVisible();
    expect(screen.getByText(/A late cancellation costs 20%/)).toBeVisible();
    expect(hrefOf("Choose a time")).toBe("/en/book/new?service=7");
  });

  it("names the next free days before what others wrote, so that a phone needn't scroll past it", async () => {
    await shown();
    const headings = screen.getAllByRole("heading", { level: 2 }).map(({ textContent }) => textContent);
    expect(headings[0]).toBe("Next free days");
    expect(headings.at(-1)).toBe("Reviews");
  });

  it("says how many can come together", async () => {
    await shown({ max_bookings: 8 });
    expect(factOf("Group")).toHaveTextContent("8 seats");
  });

  it("leaves out what its provider hasn't told", async () => {
    await shown({ description: "", staff: [] });
    expect(screen.getByText("The provider has not described this service yet.")).toBeVisible();
    expect(screen.queryByRole("heading", { name: "Who comes" })).toBeNull();
  });

  it("leads from each free day into the booking, and on into the next month", async () => {
    answer(
      "get",
      "/api/booking-slots/available-dates/",
      [
        { date: "2026-11-28", available_slots: 3 },
        { date: "2026-11-29", available_slots: 0 },
        { date: "2026-11-30", available_slots: 2 },
      ],
      [{ date: "2026-12-01", available_slots: 4 }],
    );
    await shown();
    const free = within(screen.getByRole("region", { name: "Next free days" })).getAllByRole("link");
    expect(free.map((link) => [link.getAttribute("href"), link.textContent])).toEqual([
      ["/en/book/new?service=7&date=2026-11-30", expect.stringContaining("times: 2")],
      ["/en/book/new?service=7&date=2026-12-01", expect.stringContaining("times: 4")],
    ]);
  });

  it("shows a week of free days, and asks no further", async () => {
    const days = [22, 23, 24, 25, 26, 27, 28, 29].map((day) => ({
      date: `2026-11-${day}`,
      available_slots: 1,
    }));
    vi.setSystemTime(Date.parse("2026-11-20T06:00:00Z"));
    const asked = answer("get", "/api/booking-slots/available-dates/", days);
    await shown();
    const free = within(screen.getByRole("region", { name: "Next free days" })).getAllByRole("link");
    expect(free).toHaveLength(7);
    expect(asked.requests).toHaveLength(1);
  });

  it("says that no day is free", async () => {
    await shown();
    expect(screen.getByText("No time free in the next weeks")).toBeVisible();
  });

  it("shows what customers wrote, and what the provider answered", async () => {
    const reviews = [
      aReview({ id: 1, answer: "Thank you!" }),
      aReview({ id: 2, comment: "", customer_name: "Ram T.", rating: 3 }),
    ];
    answer("get", "/api/services/7/reviews/", aList(reviews));
    await shown();
    const listed = within(screen.getByRole("region", { name: "Reviews" })).getAllByRole("listitem");
    expect(listed[0]).toHaveTextContent(
      /Maya R\..*20 November 2026.*Spotless\.Sagarmatha Cleaners: Thank you!/,
    );
    expect(within(listed[1]!).getByRole("img", { name: "3 of 5 stars" })).toBeVisible();
  });

  it("says that nobody has reviewed it", async () => {
    await shown();
    expect(screen.getByText("Nobody has reviewed this service yet.")).toBeVisible();
  });

  it("leads through the pages of its reviews", async () => {
    answer("get", "/api/services/7/reviews/", aList([aReview()], 25));
    await shown({}, 2);
    expect(screen.getByText("Page 2 of 3")).toBeVisible();
    expect(hrefOf("Previous")).toBe("/en/services/deep-home-cleaning?reviews=1#reviews");
    expect(hrefOf("Next")).toBe("/en/services/deep-home-cleaning?reviews=3#reviews");
  });

  it("says that there are no reviews on a page that doesn't exist", async () => {
    answer("get", "/api/services/7/reviews/", refusal(404, anError("not_found")));
    await shown({}, 9);
    expect(screen.getByText("Nobody has reviewed this service yet.")).toBeVisible();
  });

  it("tells search engines its price and rating, as data that no text can break out of", async () => {
    const { container } = await shown({ discount_price: "1200.00", description: "</script><b>bold</b>" });
    const block = container.querySelector('script[type="application/ld+json"]')!;
    expect(container.querySelector("b")).toBeNull();
    expect(JSON.parse(block.textContent)).toMatchObject({
      description: "</script><b>bold</b>",
      offers: { price: "1200.00", priceCurrency: "NPR" },
      aggregateRating: { ratingValue: "4.50", reviewCount: 12 },
    });
  });

  it("tells search engines of no rating where there is none", async () => {
    const { container } = await shown({ rating: null });
    const block = container.querySelector('script[type="application/ld+json"]')!;
    expect(JSON.parse(block.textContent)).not.toHaveProperty("aggregateRating");
  });

  it("isn't there under an unknown name", async () => {
    answer("get", "/api/services/", aList([]));
    await expect(renderPage("en", <ServicePage slug="nothing" reviewsPage={1} />)).rejects.toThrow(
      "not found",
    );
  });

  it("is shared with its picture, from the site's own address", async () => {
    answer("get", "/api/services/", aList([aService({ image_set })]));
    expect(await serviceMetadata("deep-home-cleaning")).toMatchObject({
      title: "Deep home cleaning, Sagarmatha Cleaners",
      description: "Kitchen, bath and windows.",
      alternates: { canonical: "/en/services/deep-home-cleaning" },
      openGraph: { images: ["/media/a.webp"] },
    });
  });

  it("is shared without one where it has none", async () => {
    answer("get", "/api/services/", aList([aService()]));
    expect((await serviceMetadata("deep-home-cleaning")).openGraph?.images).toBeUndefined();
  });

  it("says nothing of itself where it isn't there", async () => {
    answer("get", "/api/services/", aList([]));
    expect(await serviceMetadata("nothing")).toEqual({});
  });
});

describe("a provider's page", () => {
  const shown = (changes: Partial<ReturnType<typeof aProvider>> = {}) => {
    answer("get", "/api/providers/3/", aProvider(changes));
    return renderPage("en", <ProviderPage id={3} />);
  };

  it("shows their figures and all that they offer", async () => {
    await shown();
    expect(screen.getByRole("heading", { level: 1, name: "Sagarmatha Cleaners" })).toBeVisible();
    expect(factOf("With us since")).toHaveTextContent("1 March 2025");
    expect(factOf("Bookings done")).toHaveTextContent("140");
    expect(factOf("On time")).toHaveTextContent("93%");
    expect(factOf("Requests accepted")).toHaveTextContent("96%");
    expect(screen.getByRole("heading", { level: 3, name: "Deep home cleaning" })).toBeVisible();
  });

  it("leaves out figures that there are none of", async () => {
    await shown({ on_time_percent: null, acceptance_percent: null });
    expect(screen.queryByText("On time")).toBeNull();
    expect(screen.queryByText("Requests accepted")).toBeNull();
  });

  it("says that nothing can be booked there", async () => {
    await shown({ services: [] });
    expect(screen.getByText("Nothing can be booked here at the moment.")).toBeVisible();
  });

  it("isn't there where the API knows none", async () => {
    answer("get", "/api/providers/3/", refusal(404, anError("not_found")));
    await expect(renderPage("en", <ProviderPage id={3} />)).rejects.toThrow("not found");
  });

  it("says of itself who it is", async () => {
    answer("get", "/api/providers/3/", aProvider());
    expect(await providerMetadata(3)).toMatchObject({
      title: "Sagarmatha Cleaners",
      alternates: { canonical: "/en/providers/3", languages: { ne: "/ne/providers/3" } },
    });
  });

  it("says nothing of itself where it isn't there", async () => {
    answer("get", "/api/providers/3/", refusal(404, anError("not_found")));
    expect(await providerMetadata(3)).toEqual({});
  });
});
