import type { MethodCode } from "./methods";

const SHAPES: Record<MethodCode, string> = {
  khalti: "M8 5v22M22 5 11 16l11 11",
  esewa: "M7 17h17a8.5 8.5 0 1 0-3 6.5",
  connectips: "M12 16h8M9 9a7 7 0 1 0 0 14M23 9a7 7 0 1 1 0 14",
  bank_transfer: "M5 13 16 6l11 7H5Zm3 3v7m8-7v7m8-7v7M5 26h22",
  cash: "M4 9h24v14H4Zm12 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
};

/** A drawing for a way to pay. Not the wallets' own logos, which are theirs. */
export function MethodMark({ code }: { code: MethodCode }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 32 32"
      className="size-8 shrink-0 fill-none stroke-brand"
      strokeWidth="2.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={SHAPES[code]} />
    </svg>
  );
}
