import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { ApiError } from "@/api/errors";
import { renderPage } from "@/testing/render";

import { calmly, calmMetadata } from "./calmly";

function shown(error: Error) {
  const Page = calmly(() => Promise.reject(error));
  return renderPage("en", <Page />);
}

describe("a page that can't ask the API", () => {
  it("is loaded again after the API's own wait, without scripts", async () => {
    const { container } = await shown(new ApiError(429, [], null, 30));
    expect(container.querySelector("meta")).toHaveAttribute("content", "30");
    expect(screen.getByText(/Please wait 30 seconds/)).toBeVisible();
  });

  it("tells a long wait in minutes", async () => {
    await shown(new ApiError(429, [], null, 3107));
    expect(screen.getByText(/Please wait 52 minutes/)).toBeVisible();
  });

  it("says that the API is away", async () => {
    const { container } = await shown(new ApiError(0, []));
    expect(container.querySelector("meta")).toHaveAttribute("content", "5");
    expect(screen.getByRole("heading", { name: /can't be reached at the moment/ })).toBeVisible();
  });

  it("leaves other failures to the page for those", async () => {
    await expect(shown(new Error("broken"))).rejects.toThrow("broken");
  });

  it("is kept out of search engines meanwhile", async () => {
    const metadata = calmMetadata(() => Promise.reject(new ApiError(503, [])));
    expect(await metadata()).toEqual({ robots: { index: false } });
  });

  it("hides no other failure of what it says of itself", async () => {
    const metadata = calmMetadata(() => Promise.reject(new Error("broken")));
    await expect(metadata()).rejects.toThrow("broken");
  });
});
