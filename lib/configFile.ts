import { z } from "zod";
import { AlarmRule } from "./alarms/rule";
import { Broker } from "./broker";
import { DashboardIn } from "./dashboard";
import { Registration } from "./registration";
import { issueOf } from "./texts/issues";
import { say } from "./texts/said";

function unique<T>(idOf: (item: T) => string, what: "id" | "slug") {
  return (items: T[], ctx: z.RefinementCtx) => {
    const seen = new Set<string>();
    for (const [i, item] of items.entries()) {
      const id = idOf(item);
      if (seen.has(id)) ctx.addIssue(issueOf(say("schema.idTwice", { what, id }), i, what));
      seen.add(id);
    }
  };
}

/** telltale.yaml, whole. Unknown keys are refused: a misspelt option must not be ignored in silence. */
export const ConfigFile = z.strictObject({
  brokers: z
    .array(Broker)
    .superRefine(unique((b) => b.id, "id"))
    .default([]),
  topics: z
    .array(Registration)
    .superRefine(unique((r) => r.id, "id"))
    .default([]),
  dashboards: z
    .array(DashboardIn)
    .superRefine(unique((d) => d.slug, "slug"))
    .default([]),
  alarms: z
    .array(AlarmRule)
    .superRefine(unique((rule) => rule.id, "id"))
    .default([]),
});
export type ConfigFile = z.infer<typeof ConfigFile>;
