import { classes } from "@/ui/classes";

/** Simple lines on a 64 by 48 field. One without a drawing of its own gets the marketplace's roof. */
const DRAWINGS: Record<string, string> = {
  cleaning: "M36 8 28 26M22 26h14l5 14H16Zm4 6v8m6-8v8",
  electrician: "M35 6 22 27h10l-4 15 14-21H32Z",
  plumbing:
    "M18 14h22a6 6 0 0 1 6 6v6M28 14V8m-5 0h10M46 33v1m-28-14v-12M44 38a2 2 0 1 0 4 0c0-2-2-4-2-4s-2 2-2 4Z",
  tutoring: "M32 14c-5-4-12-4-18-2v24c6-2 13-2 18 2 5-4 12-4 18-2V12c-6-2-13-2-18 2Zm0 0v24",
  "yoga-fitness":
    "M32 14a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm0 3v12m0-10-12 8m12-8 12 8M16 38c6-8 10-9 16-9s10 1 16 9Z",
  beauty: "M28 8h8v10h-8Zm-3 10h14v6H25Zm-2 6h18v16H23Z",
  "appliance-repair": "M18 6h28v36H18Zm0 8h28M24 10h6M32 36a8 8 0 1 0 0-16 8 8 0 0 0 0 16Z",
  painting: "M14 10h30v10H14Zm30 4h6v10H32v6m-3 0h6v12h-6Z",
  carpentry: "M14 34 40 8l6 6-26 26H14Zm22-22 6 6",
  "pest-control":
    "M32 14c6 0 9 5 9 12s-3 14-9 14-9-7-9-14 3-12 9-12Zm0 0V8m-4 0 4 6 4-6M23 22l-8-4m8 10h-9m10 6-8 5M41 22l8-4m-8 10h9m-10 6 8 5",
  health: "M32 40C20 32 14 26 14 18a9 9 0 0 1 18-3 9 9 0 0 1 18 3c0 8-6 14-18 22Zm-5-17h10m-5-5v10",
  moving:
    "M8 14h28v20H8Zm28 6h10l8 8v6H36M17 40a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm28 0a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z",
};
const ROOF = "M10 26 32 8l22 18M18 24v16h28V24M27 40V30h10v10";

/** Stands where a service has no picture of its own. */
export function CategoryDrawing({ slug, className }: { slug: string; className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 64 48" className={classes("bg-brand-soft", className)}>
      <path
        d={DRAWINGS[slug] ?? ROOF}
        className="fill-none stroke-brand"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
