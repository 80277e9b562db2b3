import { renderHook } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { ApiError } from "@/api/errors";

import { useTrouble } from "./useTrouble";

const away = new ApiError(503, []);
const refused = new ApiError(404, []);
const asking = { data: undefined, error: null, isPending: true };
const failed = (error: Error, data?: string) => ({ data, error, isPending: false });

const troubleIn = (...reads: Parameters<typeof useTrouble>[0][]) => {
  const { result, rerender } = renderHook(useTrouble, { initialProps: reads[0] ?? asking });
  reads.slice(1).forEach((read) => rerender(read));
  return result.current;
};

describe("what keeps a read from its data", () => {
  it("is nothing before it has failed", () => expect(troubleIn(asking)).toBeNull());

  it("stays while an API that is away is asked again", () => {
    expect(troubleIn(failed(away), asking)).toBe(away);
  });

  it("doesn't stay after a refusal", () => expect(troubleIn(failed(refused), asking)).toBeNull());

  it("is over with the data", () => {
    expect(troubleIn(failed(away), { data: "shown", error: null, isPending: false })).toBeNull();
  });

  it("takes nothing away that is shown already, unless it is refused now", () => {
    expect(troubleIn(failed(away, "shown"))).toBeNull();
    expect(troubleIn(failed(refused, "shown"))).toBe(refused);
  });
});
