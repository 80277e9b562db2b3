import { classes } from "@/ui/classes";

/** The start page's picture: the sun over the hills. Drawn in the colours of the theme, so that it is dark by night. */
export function Hills({ className }: { className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 480 240"
      preserveAspectRatio="xMaxYMax meet"
      className={classes("pointer-events-none", className)}
    >
      <circle cx="420" cy="46" r="34" className="fill-marigold" />
      <path d="M120 240 214 132l34 30 66-88 52 62 40-36 74 78v62Z" className="fill-brand opacity-25" />
      <path d="M40 240c60-58 118-74 190-52 74 22 140-34 250-30v82Z" className="fill-brand opacity-40" />
      <path d="M0 240c120-40 210-18 300-22 70-3 120-24 180-20v42Z" className="fill-brand opacity-70" />
    </svg>
  );
}
