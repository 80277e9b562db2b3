import { ButtonLink } from "./Button";

interface Props {
  label: string;
  previous?: { href: string; text: string };
  next?: { href: string; text: string };
  /** "Page 2 of 7". */
  position: string;
}

/** The way to the pages before and after. Plain links, so that it works without scripts. */
export function Pages({ label, previous, next, position }: Props) {
  return (
    <nav aria-label={label} className="flex flex-wrap items-center justify-between gap-3">
      <span>
        {previous && (
          <ButtonLink kind="secondary" rel="prev" href={previous.href}>
            {previous.text}
          </ButtonLink>
        )}
      </span>
      <span className="text-ink-soft">{position}</span>
      <span>
        {next && (
          <ButtonLink kind="secondary" rel="next" href={next.href}>
            {next.text}
          </ButtonLink>
        )}
      </span>
    </nav>
  );
}
