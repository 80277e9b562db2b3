interface Props {
  /** From 0 to 5. */
  value: number;
  /** What screen readers say instead: "4.5 of 5". */
  label: string;
}

/** A rating as five stars, filled to a quarter. */
export function Stars({ value, label }: Props) {
  return (
    <svg role="img" aria-label={label} viewBox="0 0 100 20" className="inline-block h-4 w-20 align-[-0.15em]">
      {[0, 1, 2, 3, 4].map((index) => (
        <Star
          key={index}
          at={index * 20}
          filled={Math.round(Math.min(1, Math.max(0, value - index)) * 4) / 4}
        />
      ))}
    </svg>
  );
}

const SHAPE = "M10 1.8 12.6 7.1 18.4 7.9 14.2 12 15.2 17.8 10 15 4.8 17.8 5.8 12 1.6 7.9 7.4 7.1Z";

function Star({ at, filled }: { at: number; filled: number }) {
  return (
    <svg x={at} width="20" height="20" viewBox="0 0 20 20">
      <path d={SHAPE} className="fill-line" />
      <svg width={20 * filled} height="20" viewBox={`0 0 ${20 * filled || 1} 20`} overflow="hidden">
        {filled > 0 && <path d={SHAPE} className="fill-marigold" />}
      </svg>
    </svg>
  );
}
