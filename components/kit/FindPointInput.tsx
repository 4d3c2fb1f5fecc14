"use client";

import { TextInput } from "@/components/ui/Field";
import { t } from "@/lib/texts/t";

/** The search field for findPoints. */
export function FindPointInput({ query, onChange }: { query: string; onChange: (query: string) => void }) {
  return (
    <TextInput
      type="search"
      aria-label={t("kit.findPoint")}
      placeholder={t("kit.findPointHint")}
      value={query}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
