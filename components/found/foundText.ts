import type { DiscoveryOut, FoundEntityOut, FoundOut, FoundValue } from "@/lib/api";
import { type PlainKey, t } from "@/lib/texts/t";
import { timeFormat } from "@/lib/units/time";

export type Show = FoundOut["state"];

export const SHOW: readonly { value: Show; label: PlainKey }[] = [
  { value: "found", label: "found.new" },
  { value: "kept", label: "found.addedTab" },
  { value: "ignored", label: "found.ignoredTab" },
  { value: "withdrawn", label: "found.withdrawnTab" },
];

/** The text of an empty list, by state. */
export const NONE: Readonly<Record<Show, PlainKey>> = {
  found: "found.noneNew",
  kept: "found.noneAdded",
  ignored: "found.noneIgnored",
  withdrawn: "found.noneWithdrawn",
};

export const announcementsText = (count: number): string => t("found.announcementsCounted", { count });

/** Whether the device has something to add. A device that is only away can be added before it is back. */
export const mayAdd = ({ state, away, entities }: FoundOut): boolean =>
  state === "found" ||
  (state === "withdrawn" && away === true && entities.some((one) => !one.kept && !one.hidden && !one.withdrawn));

/** Whether the device is announced, but has never sent anything: it may be long gone. */
export const mayBeGhost = ({ state, heard, announced }: FoundOut): boolean =>
  announced.length > 0 && !heard && (state === "found" || state === "ignored");

/**
 * Splits devices into those that have sent something and those that have not; the former are shown first.
 */
export function byWorth(devices: readonly FoundOut[]): { speaking: FoundOut[]; silent: FoundOut[] } {
  return {
    speaking: devices.filter((device) => device.heard),
    silent: devices.filter((device) => !device.heard),
  };
}

/** Maker, model, area and conventions in one line. */
export function deviceLine({ maker, model, area, conventionLabels }: FoundOut): string {
  const what = [maker, model].filter(Boolean).join(" ");
  return [what, area, conventionLabels.join(", ")].filter(Boolean).join(" · ");
}

/** What tells how a device is doing: its battery, its signal, and when it last said anything. */
export interface DeviceHealth {
  battery: FoundValue | undefined;
  signal: FoundValue | undefined;
  /** Epoch ms. */
  seen: number | undefined;
}

export function healthOf({ entities }: FoundOut): DeviceHealth {
  const values = entities.flatMap((one) => (one.withdrawn === undefined ? one.values : []));
  const of = (deviceClass: string) =>
    values.find((one) => one.deviceClass === deviceClass && one.value !== undefined && one.value !== null);
  const times = values.flatMap(({ at }) => at ?? []);
  return {
    battery: of("battery"),
    signal: of("signal_strength"),
    seen: times.length > 0 ? Math.max(...times) : undefined,
  };
}

/** Whether every word of the query is in the device's texts. */
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

/** The command topics of an entity, each once. */
export const commandTopics = ({ values }: FoundEntityOut): string[] => [
  ...new Set(values.flatMap(({ command }) => (command ? [command.topic] : []))),
];
export const asksRetain = ({ values }: FoundEntityOut): boolean => values.some(({ command }) => command?.retain);

const clock = timeFormat({ timeStyle: "short" });

/** Why a filter is paused, and until when. */
export const pausedText = ({ perSecond, until }: DiscoveryOut["paused"][number]): string =>
  t("found.pausedWhy", { perSecond, until: clock.format(until) });
