"use client";

import { partLabel } from "@/components/kit/partLabel";
import { Disclosure } from "@/components/ui/Disclosure";
import { NativeSelect, type Choice as ShownChoice } from "@/components/ui/Field";
import { COMPOSITE_KINDS, type CompositeKind, labelOf, rolesOf } from "@/lib/composite/roles";
import type { Choice } from "@/lib/registration/control";
import { t } from "@/lib/texts/t";
import type { PartDraft } from "../draft/draft";
import { shownChoices } from "./entryTexts";
import type { InputProps } from "./FieldList";
import { At, useForm } from "./formContext";
import { TextFields, type TextSpec } from "./TextFields";

const KINDS: readonly Choice<CompositeKind | "none">[] = [
  { value: "none", label: "registration.partNone" },
  ...COMPOSITE_KINDS.map((kind) => ({ value: kind, label: labelOf(kind) })),
];

const WHOLE: readonly TextSpec<PartDraft>[] = [
  {
    key: "of",
    at: "of",
    label: "registration.partGroup",
    hint: "registration.partGroupHelp",
    placeholder: "desk-lamp",
    mono: true,
    required: true,
  },
  {
    key: "name",
    at: "name",
    label: "registration.partName",
    hint: "registration.partNameHelp",
    placeholder: { words: "registration.partNameExample" },
  },
];

/** Whether a point is one part of a bigger thing that has a tile of its own, as the brightness of a lamp. */
export function PartInput({ field, at, value: part, onChange: set }: InputProps<PartDraft | null>) {
  const { readOnly } = useForm();
  return (
    <Disclosure
      summary={t(field.title)}
      note={part ? `${t(labelOf(part.kind))}, ${partLabel(part.kind, part.role)}` : undefined}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <At at={`${at}/kind`} label={t("registration.partOf")} hint={t("registration.partOfHelp")}>
          <NativeSelect
            options={shownChoices(KINDS)}
            value={part?.kind ?? "none"}
            disabled={readOnly}
            onChange={(kind) =>
              set(kind === "none" ? null : { of: "", name: "", ...part, kind, role: rolesOf(kind)[0] ?? "" })
            }
          />
        </At>
        {part && (
          <>
            <At at={`${at}/role`} label={t("registration.partRole")} required>
              <NativeSelect
                options={roleChoices(part)}
                value={part.role}
                disabled={readOnly}
                onChange={(role) => set({ ...part, role })}
              />
            </At>
            <TextFields specs={WHOLE} value={part} at={at} onChange={(fields) => set({ ...part, ...fields })} />
          </>
        )}
      </div>
    </Disclosure>
  );
}

/** The roles that the tile draws, and the one that stands there even if it draws it not. Where two have one label, each adds its own name. */
function roleChoices({ kind, role }: PartDraft): ShownChoice[] {
  const choices = [...new Set<string>([...rolesOf(kind), role])].map((value) => ({
    value,
    label: partLabel(kind, value),
  }));
  const shared = (label: string): boolean => choices.filter((one) => one.label === label).length > 1;
  return choices.map(({ value, label }) => ({ value, label: shared(label) ? `${label} (${value})` : label }));
}
