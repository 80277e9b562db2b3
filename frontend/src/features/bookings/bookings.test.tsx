import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { answer, refusal } from "@/testing/answers";
import { router } from "@/testing/navigation";
import { renderIn } from "@/testing/render";
import { aBooking, anError, aPayment, aReview } from "@/testing/samples";

import { BookingPage } from "./BookingPage";
import { MyBookings } from "./MyBookings";
import { ReviewPage } from "./ReviewPage";

vi.mock("next/navigation", () => import("@/testing/navigation"));

beforeEach(() => vi.clearAllMocks());

describe("my bookings", () => {
  it("lead to the booking, and drafts back into the wizard", async () => {
    const results = [aBooking({ id: 1, status: "confirmed" }), aBooking({ id: 2 })];
    answer("get", "/api/bookings/", { count: 2, results });
    renderIn("en", <MyBookings view="upcoming" page={1} today="2026-11-29" />);
    const links = await screen.findAllByRole("link", { name: "Deep home cleaning" });
    expect(links.map((link) => link.getAttribute("href"))).toEqual([
      "/en/bookings/1",
      "/en/book/2/confirmation",
    ]);
  });

  it("say that there are none", async () => {
    answer("get", "/api/bookings/", { count: 0, results: [] });
    renderIn("en", <MyBookings view="past" page={1} today="2026-11-29" />);
    expect(await screen.findByText("You have no bookings behind you.")).toBeVisible();
  });
});

describe("a booking", () => {
  const booking = aBooking({ status: "confirmed", allowed_actions: ["cancel"], payment: 9 });

  it("is cancelled after what goes back was shown", async () => {
    answer("get", "/api/bookings/5/", booking);
    answer("get", "/api/bookings/5/history/", []);
    answer("get", "/api/payments/", { count: 1, results: [aPayment()] });
    const preview = { cancellable: true, refund: "1200.00", fee: "300.00", free_until: null };
    answer("get", "/api/bookings/5/cancellation-preview/", preview);
    const asked = answer("post", "/api/bookings/5/cancel/", booking);
    renderIn("en", <BookingPage bookingId={5} today="2026-11-29" />);
    await userEvent.click(await screen.findByRole("button", { name: "Cancel" }));
    expect(await screen.findByText("Rs 1,200 go back to you.")).toBeVisible();
    await userEvent.type(screen.getByLabelText("Why do you cancel?"), "Ill");
    await userEvent.click(screen.getByRole("button", { name: "Cancel the booking" }));
    await waitFor(() => expect(asked.bodies).toEqual([{ reason: "Ill", scope: "one" }]));
  });

  it("that is somebody else's isn't there", async () => {
    answer("get", "/api/bookings/5/", refusal(404, anError("not_found")));
    renderIn("en", <BookingPage bookingId={5} today="2026-11-29" />);
    expect(await screen.findByText(/it belongs to another account/)).toBeVisible();
  });

  it("is reviewed with stars", async () => {
    const asked = answer("post", "/api/bookings/5/review/", aReview());
    renderIn("en", <ReviewPage bookingId={5} />);
    await userEvent.click(screen.getByRole("button", { name: "Send the review" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Choose how many stars");
    await userEvent.click(screen.getByRole("radio", { name: /Good/ }));
    await userEvent.click(screen.getByRole("button", { name: "Send the review" }));
    await waitFor(() => expect(router.push).toHaveBeenCalledWith("/en/bookings/5"));
    expect(asked.bodies).toEqual([{ rating: 4, comment: "" }]);
  });
});
