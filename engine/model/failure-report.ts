/** What a program says of an error that ended it. */
export interface FailureReport {
  /** Lines, each with its line end. */
  readonly text: string;
  /** Nobody but us can mend it. */
  readonly isBug: boolean;
}

/** An error as `error CODE message`; what has no code of an operation of ours that failed is a bug. */
export function reportFailure(error: unknown, withStack: boolean): FailureReport {
  const { code, message, stack } = error as { code?: string; message?: string; stack?: string };
  const isOperation = typeof code === "string" && code.startsWith("ENGINE_");
  const isBug = !isOperation || code === "ENGINE_BUG";
  const lines = [`error ${code ?? "ENGINE_BUG"} ${message ?? String(error)}`];
  if (withStack) lines.push(stack ?? "");
  if (isBug) {
    lines.push("This is a bug of outdial: please report it with the input that caused it.");
  }
  return { text: `${lines.join("\n")}\n`, isBug };
}
