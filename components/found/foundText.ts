import type { DiscoveryOut, FoundEntityOut, FoundOut } from "@/lib/api";
import { type PlainKey, t } from "@/lib/texts/t";
import { timeFormat } from "@/lib/units/time";

export type Show = FoundOut["state"];

export const SHOW: readonly { value: Show; label: PlainKey }[] = [
  { value: "found", label: "found.new" },
  { value: "kept", label: "found.addedTab" },
  { value: "ignored", label: "found.ignoredTab" },
  { value: "withdrawn", label: "found.withdrawnTab" },
];

/** What the page says where there is none in that state. */
export const NONE: Readonly<Record<Show, PlainKey>> = {
  found: "found.noneNew",
  kept: "found.noneAdded",
  ignored: "found.noneIgnored",
  withdrawn: "found.noneWithdrawn",
};

export const announcementsSaid = (count: number): string => t("found.announcementsCounted", { count });

/** Something of it is offered that is not registered. A device that is only away may be added before it is back. */
export const mayAdd = ({ state, away, entities }: FoundOut): boolean =>
  state === "found" ||
  (state === "withdrawn" && away === true && entities.some((one) => !one.kept && !one.hidden && !one.withdrawn));

/** Announced on the broker, and nothing was ever heard of it: perhaps long gone. */
export const mayBeGhost = ({ state, heard, announced }: FoundOut): boolean =>
  announced.length > 0 && !heard && (state === "found" || state === "ignored");

/**
 * In the order in which they are worth a look: those that have said something, then those that may, and at the end those that nothing was
 * ever heard of. Within each as they came.
 */
export function byWorth(devices: readonly FoundOut[]): { speaking: FoundOut[]; silent: FoundOut[] } {
  return {
    speaking: devices.filter((device) => device.heard),
    silent: devices.filter((device) => !device.heard),
  };
}

/** Maker, model and area, and how it announced itself, in one line. */
export function deviceLine({ maker, model, area, conventionLabels }: FoundOut): string {
  const what = [maker, model].filter(Boolean).join(" ");
  return [what, area, conventionLabels.join(", ")].filter(Boolean).join(" · ");
}

/** Every word stands somewhere in what is known of it. */
export function matches(device: FoundOut, query: string): boolean {
  const text = [device.name, device.id, deviceLine(device), ...device.entities.map((entity) => entity.name)]
    .join(" ")
    .toLowerCase();
  return query
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** The topics on which it would be operated, each once. */
export const commandTopics = ({ values }: FoundEntityOut): string[] => [
  ...new Set(values.flatMap(({ command }) => (command ? [command.topic] : []))),
];
export const asksRetain = ({ values }: FoundEntityOut): boolean => values.some(({ command }) => command?.retain);

const clock = timeFormat({ timeStyle: "short" });

/** Why discovery does not listen to a topic filter, and until when. */
export const pausedText = ({ perSecond, until }: DiscoveryOut["paused"][number]): string =>
  t("found.pausedWhy", { perSecond, until: clock.format(until) });
