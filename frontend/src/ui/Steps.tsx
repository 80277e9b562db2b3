import { classes } from "./classes";

export interface Step {
  name: string;
  /** Where the step can be gone to; none while the ones before it are missing. */
  href?: string;
  state: "done" | "current" | "ahead";
}

interface Props {
  /** What the steps lead to, for screen readers. */
  label: string;
  /** Says of a step that is done, or is the current one, what its look says: "done". */
  doneLabel: string;
  steps: readonly Step[];
}

/** Where one is in several steps, and the way back to those that are done. */
export function Steps({ label, doneLabel, steps }: Props) {
  return (
    <nav aria-label={label}>
      <ol className="grid grid-flow-col auto-cols-[1fr] gap-1 sm:gap-2">
        {steps.map((step, index) => (
          <li key={step.name} className={step.state === "current" ? "min-w-max" : "min-w-0"}>
            <StepMark step={step} number={index + 1} doneLabel={doneLabel} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function StepMark({ step, number, doneLabel }: { step: Step; number: number; doneLabel: string }) {
  const look = classes(
    "block min-h-12 border-t-4 pt-1.5 text-sm leading-tight",
    step.state === "ahead" ? "border-line text-ink-soft" : "border-brand",
    step.state === "current" && "font-semibold",
  );
  const name = (
    <>
      <span aria-hidden="true" className="block text-xs text-ink-soft">
        {step.state === "done" ? "✓" : number}
      </span>
      <span className={step.state === "current" ? "" : "max-sm:sr-only"}>{step.name}</span>
      {step.state === "done" && <span className="sr-only"> ({doneLabel})</span>}
    </>
  );
  if (step.href && step.state === "done") {
    return (
      <a href={step.href} className={classes(look, "hover:bg-brand-soft")}>
        {name}
      </a>
    );
  }
  return (
    <span className={look} aria-current={step.state === "current" ? "step" : undefined}>
      {name}
    </span>
  );
}
