import { compileRegistration } from "../compile";
import type { CompiledRegistration } from "../compiled";
import type { BrokerId } from "../ids";
import { parseWithCleanNames } from "../name";
import { Registration, type RegistrationInput } from "../registration";
import type { TopicFilter } from "../topics/parse";
import type { FoundPart } from "./found";
import { scopedId } from "./registrationId";

/** A point as a convention announces it, with its id on the broker `main`. */
export interface PartDraft {
  readonly role: string;
  readonly registration: RegistrationInput;
}

/** Compiles the points that the devices of one broker announce. */
export interface Offers {
  readonly broker: BrokerId;
  /** The same object for the same draft. Undefined if it cannot be registered. */
  of(draft: PartDraft): FoundPart | undefined;
  /** How many were refused because their filter matches the whole broker. */
  refused(): number;
}

export function createOffers(broker: BrokerId): Offers {
  const known = new WeakMap<PartDraft, FoundPart | undefined>();
  let refused = 0;

  function offer({ role, registration }: PartDraft): FoundPart | undefined {
    const announcedRetain = registration.command?.retain === true;
    const parsed = parseWithCleanNames(Registration, {
      ...withoutRetain(registration),
      id: scopedId(broker, registration.id),
      broker,
    });
    const compiled = parsed.success ? compileRegistration(parsed.data) : undefined;
    if (!parsed.success || !compiled?.ok) return undefined;
    if (filtersOf(compiled.value).some(isGreedy)) {
      refused++;
      return undefined;
    }
    return { role, registration: parsed.data, compiled: compiled.value, announcedRetain };
  }

  return {
    broker,
    of(draft) {
      if (!known.has(draft)) known.set(draft, offer(draft));
      return known.get(draft);
    },
    refused: () => refused,
  };
}

/** The filters to subscribe to for it. */
export const filtersOf = (compiled: CompiledRegistration): TopicFilter[] => [
  ...(compiled.filter ? [compiled.filter] : []),
  ...compiled.availability([]).map(({ filter }) => filter),
];

/** Whether a filter has wildcards only: it would make Telltale subscribe to the broker's whole traffic. */
const isGreedy = (filter: string): boolean => /^[+#/]*$/.test(filter);

/**
 * The broker would send a retained command to each device that connects, for ever. An announcement from outside must not decide that;
 * an admin can set it in the registered topic.
 */
function withoutRetain(registration: RegistrationInput): RegistrationInput {
  if (!registration.command?.retain) return registration;
  const { retain: _, ...command } = registration.command;
  return { ...registration, command };
}
