import type { Booking } from "./queries";

type Status = Booking["status"];
type Tone = "neutral" | "good" | "warning" | "bad" | "brand";

const TONES: Record<Status, Tone> = {
  draft: "warning",
  pending: "warning",
  confirmed: "good",
  in_progress: "brand",
  completed: "neutral",
  cancelled: "bad",
  rejected: "bad",
  no_show: "bad",
  expired: "neutral",
};

export function toneOf(status: Status): Tone {
  return TONES[status];
}
