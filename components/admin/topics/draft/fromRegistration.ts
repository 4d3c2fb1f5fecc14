import type { Registration } from "@/lib/registration";
import { AVAILABILITY_FIELDS } from "@/lib/registration/availability";
import { COMMAND_FIELDS, type CommandKind } from "@/lib/registration/command";
import { DESCRIBED_FIELDS } from "@/lib/registration/described";
import { REGISTRATION_FIELDS } from "@/lib/registration/fields";
import { formWriter } from "./codec";
import { draftFrom, emptyOf } from "./codecs";
import type { AvailabilityDraft, CommandDraft, Draft, StructDraft } from "./draft";

export const emptyDraft: Draft = {
  ...emptyOf(REGISTRATION_FIELDS),
  locale: "en",
  idTouched: false,
  mode: "one",
  nextRow: 1,
};

export const emptyDescribed = emptyOf(DESCRIBED_FIELDS);

export const emptyCommand = (kind: CommandKind): CommandDraft => ({ ...emptyOf(COMMAND_FIELDS), kind });

export const emptyAvailability = (row: number): AvailabilityDraft => ({
  ...emptyOf(AVAILABILITY_FIELDS),
  online: "online",
  offline: "offline",
  row,
});

export const emptyStructRow = (row: number): StructDraft => ({
  row,
  key: "",
  at: "",
  type: "u8",
  length: "",
  bit: "",
  scale: "",
  add: "",
});

/** The draft of a registration. */
export function fromRegistration(registration: Registration, locale = "en"): Draft {
  const write = formWriter(locale);
  return {
    ...draftFrom(REGISTRATION_FIELDS, registration, write),
    locale,
    idTouched: true,
    mode: registration.values ? "several" : registration.jinja === undefined ? "one" : "template",
    nextRow: write.next(),
  };
}
