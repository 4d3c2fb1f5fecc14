import type { PointId } from "../../../lib/ids";
import type { Registration } from "../../../lib/registration";
import { hasWildcard, parseTopic, type Topic } from "../../../lib/topics/parse";

/**
 * The topic that a remembered point of a wildcard registration came from, read back from its id (see PointId); undefined: it is not
 * of this registration, as that stands now. So that after a restart such points are there before their topics speak again.
 */
export function topicOf(registration: Registration, id: PointId): Topic | undefined {
  const { filter, values } = registration;
  const prefix = `${registration.id}/`;
  if (!filter || !hasWildcard(filter) || !id.startsWith(prefix)) return undefined;
  let rest = id.slice(prefix.length);
  if (values) {
    const key = Object.keys(values).find((k) => rest.endsWith(`.${k}`));
    if (key === undefined) return undefined;
    rest = rest.slice(0, -key.length - 1);
  }
  const levels = rest.split("/");
  const topic: string[] = [];
  for (const level of filter.split("/")) {
    if (level === "#") topic.push(...levels.splice(0));
    else if (level !== "+") topic.push(level);
    else {
      const matched = levels.shift();
      if (matched === undefined) return undefined;
      topic.push(matched);
    }
  }
  if (levels.length > 0) return undefined;
  const parsed = parseTopic(topic.join("/"));
  return parsed.ok ? parsed.value : undefined;
}
