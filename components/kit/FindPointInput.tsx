"use client";

import { TextInput } from "@/components/ui/Field";

/** Where a point is looked for by what findPoints knows of it. */
export function FindPointInput({ query, onChange }: { query: string; onChange: (query: string) => void }) {
  return (
    <TextInput
      type="search"
      aria-label="Find a point"
      placeholder="Find by name, device, area or topic"
      value={query}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
