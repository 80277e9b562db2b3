import english from "@messages/en/trouble.json";
import nepali from "@messages/ne/trouble.json";
import { useQuery } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { ApiError } from "@/api/errors";
import { renderIn } from "@/testing/render";

import { FailedPage } from "./FailedPage";
import { OfflineNotice } from "./OfflineNotice";
import { Providers } from "./Providers";

const address = vi.hoisted(() => ({ locale: "en" }));
vi.mock("next/navigation", () => ({ useParams: () => address }));

describe("a lost connection", () => {
  const goes = (online: boolean) => {
    vi.spyOn(navigator, "onLine", "get").mockReturnValue(online);
    fireEvent(window, new Event(online ? "online" : "offline"));
  };

  it("is told while it lasts", () => {
    renderIn("en", <OfflineNotice />);
    expect(screen.getByRole("status")).toBeEmptyDOMElement();
    goes(false);
    expect(screen.getByRole("status")).toHaveTextContent("What you have typed stays here");
    goes(true);
    expect(screen.getByRole("status")).toBeEmptyDOMElement();
  });
});

describe("a page that broke", () => {
  it.each([
    ["en", english],
    ["ne", nepali],
  ])("says so in %s, without anybody's help", (locale, words) => {
    address.locale = locale;
    render(<FailedPage />);
    expect(screen.getByRole("heading", { name: words.failedTitle })).toBeVisible();
    expect(screen.getByRole("button", { name: words.tryAgain })).toBeVisible();
  });
});

describe("a question to the API", () => {
  function Asking({ ask }: { ask: () => Promise<string> }) {
    const { data, isError } = useQuery({ queryKey: ["asked"], queryFn: ask, retryDelay: 0 });
    return <p>{isError ? "refused" : data}</p>;
  }
  const shown = (ask: () => Promise<string>) =>
    renderIn(
      "en",
      <Providers>
        <Asking ask={ask} />
      </Providers>,
    );

  it("is asked again where the API is away", async () => {
    const ask = vi
      .fn<() => Promise<string>>()
      .mockRejectedValueOnce(new ApiError(503, []))
      .mockResolvedValue("answer");
    shown(ask);
    expect(await screen.findByText("answer")).toBeVisible();
  });

  it("is not asked again where it is refused", async () => {
    const ask = vi.fn<() => Promise<string>>().mockRejectedValue(new ApiError(404, []));
    shown(ask);
    expect(await screen.findByText("refused")).toBeVisible();
    expect(ask).toHaveBeenCalledOnce();
  });
});
