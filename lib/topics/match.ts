/**
 * Whether a filter matches a topic (MQTT 5 §4.7). A wildcard in the first level does not match a topic that starts with "$" [MQTT-4.7.2-1];
 * "a/#" also matches "a" [§4.7.1.2]. For many filters at once use the trie.
 */
export function filterMatches(filter: string, topic: string): boolean {
  const f = filter.split("/");
  const t = topic.split("/");
  if (topic.startsWith("$") && (f[0] === "+" || f[0] === "#")) return false;
  for (let i = 0; i < f.length; i++) {
    if (f[i] === "#") return true;
    if (i >= t.length) return false;
    if (f[i] !== "+" && f[i] !== t[i]) return false;
  }
  return f.length === t.length;
}

/**
 * What each wildcard of a matching filter matched, in order; "#" gives the rest of the topic as one text. Where "a/#" matches "a"
 * itself, "#" gives no level, which distinguishes "a" from "a/".
 */
export function wildcardLevels(filter: string, topic: string): string[] {
  const f = filter.split("/");
  const t = topic.split("/");
  const levels: string[] = [];
  for (const [i, level] of f.entries()) {
    if (level === "+") levels.push(t[i] ?? "");
    if (level === "#" && i < t.length) levels.push(t.slice(i).join("/"));
  }
  return levels;
}
