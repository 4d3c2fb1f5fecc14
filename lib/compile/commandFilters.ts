import type { Registration } from "../registration";

/** Filters that match every topic on which the registration's commands go out, whatever its wildcards stand for; some topics more, too. */
export function commandFilters({ filter, command, values = {} }: Registration): string[] {
  const wildcards = filter?.split("/").filter((level) => level === "+" || level === "#") ?? [];
  const specs = [command, ...Object.values(values).map((value) => value.command)];
  return specs.flatMap((spec) => (spec ? [covering(spec.topic, wildcards)] : []));
}

function covering(topic: string, wildcards: readonly string[]): string {
  const levels: string[] = [];
  for (const level of topic.split("/")) {
    const stands = [...level.matchAll(/\{(\d+)\}/g)].map(([, n]) => wildcards[Number(n) - 1]);
    // What "#" stands for may be several levels.
    if (stands.includes("#")) return [...levels, "#"].join("/");
    levels.push(stands.includes("+") ? "+" : level);
  }
  return levels.join("/");
}
