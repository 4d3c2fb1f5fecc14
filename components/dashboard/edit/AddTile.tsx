"use client";

import { useDeferredValue, useState } from "react";
import { Button, ButtonLink } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { EmptyState } from "@/components/ui/EmptyState";
import { Field, NativeSelect, TextInput } from "@/components/ui/Field";
import type { PointOut } from "@/lib/api";
import type { Tile } from "@/lib/dashboard";
import { kindFor, kindsFor } from "../../tiles/registry";
import { sayValue } from "../../tiles/shared/figure";
import { useReader } from "../../tiles/shared/reader";
import { findPoints } from "../findPoints";

const AT_MOST = 100;

/** Chooses a point; the kind that fits best is preselected. It stays open: a dashboard has several tiles. */
export function AddTile({
  points,
  section,
  onAdd,
  onClose,
}: {
  /** Undefined while they are being listed. */
  points: readonly PointOut[] | undefined;
  section: string | undefined;
  onAdd: (tile: Tile) => void;
  onClose: () => void;
}) {
  const { locale } = useReader();
  const [query, setQuery] = useState("");
  const [point, setPoint] = useState<PointOut>();
  const [kind, setKind] = useState("");
  const [added, setAdded] = useState<string>();
  const found = findPoints(points ?? [], useDeferredValue(query));

  const choose = (chosen: PointOut) => {
    setPoint(chosen);
    setKind(kindFor(chosen).id);
  };
  const add = () => {
    if (!point) return;
    onAdd({ kind, point: point.id, ...(section !== undefined && { section }) });
    setAdded(point.name);
    setPoint(undefined);
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title="Add tile"
      footer={
        <>
          <span role="status" className="mr-auto self-center text-sm text-ink-2">
            {added && `${added} added`}
          </span>
          <Button onClick={onClose}>Done</Button>
          <Button variant="primary" disabled={!point} onClick={add}>
            Add tile
          </Button>
        </>
      }
    >
      {points?.length === 0 ? (
        <EmptyState title="No points yet" action={<ButtonLink href="/admin/topics/new">Register a topic</ButtonLink>}>
          A tile shows a point, and points come from registered topics.
        </EmptyState>
      ) : (
        <>
          <TextInput
            type="search"
            aria-label="Find a point"
            placeholder="Find by name, device, area or topic"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
          <fieldset className="pick-list" aria-label="Point">
            {found.slice(0, AT_MOST).map((p) => (
              <label key={p.id} className="pick">
                <input type="radio" name="point" checked={p.id === point?.id} onChange={() => choose(p)} />
                <span className="min-w-0 flex-1">
                  <span className="block font-medium break-words">{p.name}</span>
                  <span className="block text-xs break-words text-ink-2">
                    {[p.area, p.device, p.topic].filter(Boolean).join(" · ")}
                  </span>
                </span>
                <span className="max-w-32 truncate font-figures text-sm">{sayValue(p.value, p, locale)}</span>
              </label>
            ))}
            {points === undefined && <p className="p-3 text-ink-2">Listing the points…</p>}
            {points !== undefined && found.length === 0 && <p className="p-3 text-ink-2">No point has these words.</p>}
            {found.length > AT_MOST && (
              <p className="p-3 text-ink-2">{found.length - AT_MOST} more: write a word of the name.</p>
            )}
          </fieldset>
          {point && (
            <Field label={`Show ${point.name} as`} className="mt-3">
              <NativeSelect
                value={kind}
                onChange={setKind}
                options={kindsFor(point).map((k) => ({ value: k.id, label: k.label }))}
              />
            </Field>
          )}
        </>
      )}
    </Dialog>
  );
}
