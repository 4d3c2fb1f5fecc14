"use client";

import { Button, IconButton } from "@/components/ui/Button";
import { Icon } from "@/components/ui/icons";
import { AVAILABILITY_FIELDS } from "@/lib/registration/availability";
import { t } from "@/lib/texts/t";
import type { AvailabilityDraft } from "../draft/draft";
import { FieldList, type InputProps } from "./FieldList";
import { useForm } from "./formContext";
import { plainInputs } from "./plainInputs";

const FIELDS = Object.entries(AVAILABILITY_FIELDS);
const MAX = 10;

/** The availability topics of the device. */
export function AvailabilityInput({ at, value: rows }: InputProps<AvailabilityDraft[]>) {
  const { dispatch, readOnly } = useForm();
  const single = rows.length === 1;
  return (
    <div className="flex flex-col gap-5">
      {rows.map((row, i) => (
        <div key={row.row} className="flex items-start gap-3 rounded-control border border-line bg-page p-3">
          <div className="grid min-w-0 flex-1 gap-3 sm:grid-cols-3">
            <FieldList
              inputs={plainInputs}
              fields={FIELDS}
              draft={row}
              at={single ? at : `${at}/${i}`}
              place="all"
              onChange={(name, value) => dispatch({ do: "setAvailability", row: row.row, fields: { [name]: value } })}
            />
          </div>
          {!readOnly && (
            <IconButton
              label={t("registration.removeAvailability", { number: i + 1 })}
              onClick={() => dispatch({ do: "removeAvailability", row: row.row })}
              className="mt-6"
            >
              <Icon name="trash" />
            </IconButton>
          )}
        </div>
      ))}
      {!readOnly && rows.length < MAX && (
        <Button size="s" className="self-start" onClick={() => dispatch({ do: "addAvailability" })}>
          <Icon name="plus" className="size-4" />
          {t("registration.addAvailability")}
        </Button>
      )}
    </div>
  );
}
