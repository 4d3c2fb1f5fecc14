import type { FoundValue } from "../../../lib/api";
import type { FoundDevice, FoundPart } from "../../../lib/discovery/found";
import { conventionLabels } from "../../../lib/discovery/registry";
import type { FoundShown, InboundMessage } from "../../ports";

export interface ShowParts {
  isKept(part: FoundPart): boolean;
  /** The id under which it is registered, or would be. */
  idOf(part: FoundPart): string;
  isIgnored(key: string): boolean;
  /** Its last messages, oldest first. */
  last(part: FoundPart): readonly InboundMessage[];
}

/** A found device as the "Found" page and the API show it. */
export function showDevice(device: FoundDevice, to: ShowParts): FoundShown {
  const shown = device.entities.map((entity): FoundShown["entities"][number] => {
    const { id, convention, name, kind, category, hidden, withdrawn, parts } = entity;
    return {
      id,
      convention,
      name,
      kind,
      ...(category && { category }),
      ...(hidden && { hidden }),
      ...(withdrawn !== undefined && { withdrawn }),
      kept: parts.length > 0 && parts.every(to.isKept),
      values: parts.map((part) => showValue(part, to)),
    };
  });
  const { conventions, name, maker, model, area, firmware, url, withdrawn, away } = device;
  return {
    id: device.id,
    broker: device.broker,
    conventions: [...conventions],
    conventionLabels: conventionLabels(conventions),
    name,
    ...(maker !== undefined && { maker }),
    ...(model !== undefined && { model }),
    ...(area !== undefined && { area }),
    ...(firmware !== undefined && { firmware }),
    ...(url !== undefined && { url }),
    ...(withdrawn !== undefined && { withdrawn }),
    ...(away && { away }),
    state: stateOf(device, to),
    announced: announcementsOf(device),
    heard: shown.some(({ values }) => values.some(({ value }) => value !== undefined)),
    entities: shown,
  };
}

/** The list of the page Found to which the device belongs. */
export function stateOf(device: FoundDevice, to: Pick<ShowParts, "isKept" | "isIgnored">): FoundShown["state"] {
  if (to.isIgnored(device.id)) return "ignored";
  if (device.withdrawn !== undefined) return "withdrawn";
  const offered = device.entities.filter(({ hidden, withdrawn }) => !hidden && withdrawn === undefined);
  return offered.every(({ parts }) => parts.length > 0 && parts.every(to.isKept)) ? "kept" : "found";
}

/** The retained topics that announce what is not withdrawn. */
export const announcementsOf = ({ entities }: FoundDevice): string[] => [
  ...new Set(entities.flatMap(({ source, withdrawn }) => (source && withdrawn === undefined ? [source] : []))),
];

function showValue(part: FoundPart, to: ShowParts): FoundValue {
  const { compiled, role, registration } = part;
  const [point] = compiled.points([], compiled.filter);
  const said = lastSaid(part, to.last(part));
  const unit = point?.info.unit ?? said?.unit;
  return {
    role,
    registration: to.idOf(part),
    name: point?.info.name ?? registration.name ?? "",
    ...(unit !== undefined && { unit }),
    ...(registration.deviceClass !== undefined && { deviceClass: registration.deviceClass }),
    ...(point && { precision: point.info.precision, words: point.info.words }),
    ...(said && { value: said.value, at: said.at }),
    actuator: point?.actuator !== undefined,
    ...(point?.actuator && {
      command: { topic: point.actuator.commandTopic, ...(part.announcedRetain && { retain: true }) },
    }),
  };
}

/** What the newest message with a value for it says. */
function lastSaid({ compiled }: FoundPart, messages: readonly InboundMessage[]) {
  for (const { payload, receivedAt } of messages.toReversed())
    for (const outcome of compiled.read(payload, receivedAt)) if (outcome.ok) return outcome;
  return undefined;
}
