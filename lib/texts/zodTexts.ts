import type { z } from "zod";
import { asWording, type Said, say } from "./said";

type Issue = z.core.$ZodIssue;
type IssueOf<C extends Issue["code"]> = Extract<Issue, { code: C }>;

/** What zod says of an issue by itself, as a text: its words (zod/locales/en) are made before anybody knows the reader's language. */
export function saidByZod(issue: Issue): Said {
  switch (issue.code) {
    case "invalid_type": {
      // An issue does not hold what was received; its message does.
      const received = /, received (.+)$/s.exec(issue.message)?.[1];
      return received === undefined
        ? asWording(issue.message)
        : say("schema.expectedType", { expected: issue.expected, received });
    }
    case "invalid_value": {
      const values = issue.values.map(literal).join("|");
      return issue.values.length === 1
        ? say("schema.expectedValue", { value: values })
        : say("schema.expectedOneOf", { values });
    }
    case "too_big":
      return tooBig(issue);
    case "too_small":
      return tooSmall(issue);
    case "not_multiple_of":
      return say("schema.multipleOf", { divisor: String(issue.divisor) });
    case "invalid_format":
      return issue.format === "regex" && issue.pattern !== undefined
        ? say("schema.pattern", { pattern: issue.pattern })
        : asWording(issue.message);
    default:
      return issue.message === "Invalid input" ? say("schema.invalidInput") : asWording(issue.message);
  }
}

const literal = (value: unknown): string => (typeof value === "string" ? `"${value}"` : String(value));

const UNITS: Readonly<Record<string, "characters" | "items" | "entries" | "bytes">> = {
  string: "characters",
  array: "items",
  set: "items",
  map: "entries",
  file: "bytes",
};

function tooBig({ origin, maximum, inclusive, exact, message }: IssueOf<"too_big">): Said {
  if (exact) return asWording(message);
  const args = { type: origin, sign: inclusive ? "<=" : "<", limit: String(maximum) };
  const unit = UNITS[origin];
  return unit === undefined ? say("schema.tooBig", args) : say("schema.tooMany", { ...args, unit });
}

function tooSmall({ origin, minimum, inclusive, exact, message }: IssueOf<"too_small">): Said {
  if (exact) return asWording(message);
  const args = { type: origin, sign: inclusive ? ">=" : ">", limit: String(minimum) };
  const unit = UNITS[origin];
  return unit === undefined ? say("schema.tooSmall", args) : say("schema.tooFew", { ...args, unit });
}
