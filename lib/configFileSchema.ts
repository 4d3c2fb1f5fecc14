import { z } from "zod";
import { ConfigFile } from "./configFile";

/**
 * telltale.yaml as JSON Schema, for editors: what may be written, with the titles and descriptions of the fields. What two fields or two
 * entries contradict is not in it; the server refuses that.
 */
export function configFileSchema(): Record<string, unknown> {
  // What a transform makes of a value is no concern of those who write it.
  const schema = z.toJSONSchema(ConfigFile, { io: "input", target: "draft-07", unrepresentable: "any" });
  const sections = Object.entries(schema.properties ?? {}).map(([name, section]) => [
    name,
    // A section with every entry commented out.
    { anyOf: [section, { type: "null" }] },
  ]);
  return { ...schema, title: "telltale.yaml", properties: Object.fromEntries(sections) };
}
