/** The sign of the marketplace: two hands that make a roof. */
export function Mark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" className="size-8 shrink-0">
      <rect width="32" height="32" rx="9" className="fill-brand" />
      <path
        d="M6 17 16 8l10 9"
        className="fill-none stroke-on-brand"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path
        d="M10.5 18.5v3a3 3 0 0 0 3 3h5a3 3 0 0 0 3-3v-3"
        className="fill-none stroke-marigold"
        strokeWidth="3"
        strokeLinecap="round"
      />
    </svg>
  );
}
