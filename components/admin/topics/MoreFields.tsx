"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { Card } from "@/components/kit/Card";
import { Disclosure } from "@/components/ui/Disclosure";
import { Segmented } from "@/components/ui/Segmented";
import type { Registration } from "@/lib/registration";
import type { FieldSection } from "@/lib/registration/field";
import { type PlainKey, t } from "@/lib/texts/t";
import { faultsUnderMore, moreFields, usesMore } from "./draft/shownFields";
import { shownChoices } from "./fields/entryTexts";
import { useForm } from "./fields/formContext";
import { RegistrationFields } from "./fields/RegistrationFields";

const YamlView = dynamic(() => import("./YamlView"), { ssr: false });

const SECTIONS: readonly { section: FieldSection; title: PlainKey }[] = [
  { section: "source", title: "registration.sectionPayload" },
  { section: "reading", title: "registration.sectionReading" },
  { section: "names", title: "registration.sectionNames" },
  { section: "freshness", title: "registration.sectionFreshness" },
  { section: "history", title: "registration.sectionHistory" },
  { section: "command", title: "registration.sectionCommand" },
];

const MODES = [
  { value: "one", label: "registration.oneValue" },
  { value: "several", label: "registration.severalValues" },
  { value: "template", label: "registration.template" },
] as const;

/** The fields that few registrations need: folded, unless one of them is set or has an error. */
export function MoreFields({ registration }: { registration: Registration | undefined }) {
  const { draft, dispatch, errors, readOnly, brokers } = useForm();
  const [open, setOpen] = useState(() => usesMore(draft));
  const faults = faultsUnderMore(errors).join("\n");
  useEffect(() => {
    if (faults !== "") setOpen(true);
  }, [faults]);
  return (
    <Disclosure
      summary={t("registration.more")}
      note={t("registration.moreNote")}
      open={open}
      onToggle={setOpen}
      className="rounded-tile border border-line bg-panel px-4 py-1 shadow-panel open:border-transparent open:bg-transparent open:px-0 open:shadow-none"
    >
      <div className="flex flex-col gap-4">
        {SECTIONS.map(({ section, title }) => {
          const entries = moreFields(section, draft, brokers.length);
          if (entries.length === 0) return null;
          return (
            <Card
              key={section}
              title={t(title)}
              aside={
                section === "reading" && (
                  <Segmented
                    label={t("registration.valuesInPayload")}
                    value={draft.mode}
                    options={shownChoices(readOnly ? MODES.filter((mode) => mode.value === draft.mode) : MODES)}
                    onChange={(mode) => dispatch({ do: "mode", mode })}
                  />
                )
              }
            >
              <div className="grid gap-4 sm:grid-cols-2">
                <RegistrationFields entries={entries} draft={draft} at="" place="all" />
              </div>
            </Card>
          );
        })}
        <Card title={t("registration.asYaml")} note={t("registration.asYamlNote")}>
          <Disclosure summary={t("registration.show")}>
            <YamlView registration={registration} />
          </Disclosure>
        </Card>
      </div>
    </Disclosure>
  );
}
