"use client";

import { useDeferredValue, useMemo, useState } from "react";
import { pointsText } from "@/components/kit/counted";
import { FindPointInput } from "@/components/kit/FindPointInput";
import { sayValue } from "@/components/kit/figure";
import { findPoints } from "@/components/kit/findPoints";
import { useReader } from "@/components/kit/reader";
import { Button } from "@/components/ui/Button";
import { ButtonLink } from "@/components/ui/ButtonLink";
import { Dialog } from "@/components/ui/Dialog";
import { EmptyState } from "@/components/ui/EmptyState";
import { Field, NativeSelect } from "@/components/ui/Field";
import type { PointOut } from "@/lib/api";
import { partsBeside, tileOfWhole, type Whole, wholesOf } from "@/lib/composite/compose";
import type { TileIn } from "@/lib/dashboard";
import { t } from "@/lib/texts/t";
import { kindFor, kindsFor } from "../../tiles/registry";

const AT_MOST = 100;

/** A point, or the whole of which it is the main point. */
interface Offer {
  point: PointOut;
  whole?: Whole<PointOut> | undefined;
}

/** Adds tiles: select a point; the kind that fits best is preselected. It stays open, so that several tiles can be added. */
export function AddTile({
  points,
  onAdd,
  onClose,
}: {
  /** Undefined while they are loading. */
  points: readonly PointOut[] | undefined;
  onAdd: (tile: TileIn) => void;
  onClose: () => void;
}) {
  const { locale } = useReader();
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState<Offer>();
  const [kind, setKind] = useState("");
  const [added, setAdded] = useState<string>();
  const all = points ?? [];
  const { wholes } = useMemo(() => wholesOf(points ?? []), [points]);
  const found = findPoints(all, useDeferredValue(query));
  // A whole comes first, then each of its points: a lamp's brightness can be put on a chart too.
  const offers = found.flatMap((p): Offer[] => {
    const whole = wholes.get(p.id);
    return whole ? [{ point: p, whole }, { point: p }] : [{ point: p }];
  });

  const choose = (offer: Offer) => {
    setChosen(offer);
    setKind(offer.whole?.kind ?? kindFor(offer.point).id);
  };
  const add = () => {
    if (!chosen) return;
    const { point, whole } = chosen;
    const parts = partsBeside(kind, point, all);
    const tile =
      whole && kind === whole.kind
        ? tileOfWhole(whole)
        : { kind, point: point.id, ...(parts && { options: { parts } }) };
    onAdd(tile);
    setAdded(whole?.name ?? point.name);
    setChosen(undefined);
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("edit.addTile")}
      footer={
        <>
          <span role="status" className="mr-auto self-center text-sm text-ink-2">
            {added && t("edit.added", { added })}
          </span>
          <Button onClick={onClose}>{t("edit.done")}</Button>
          <Button variant="primary" disabled={!chosen} onClick={add}>
            {t("edit.addTile")}
          </Button>
        </>
      }
    >
      {points?.length === 0 ? (
        <EmptyState
          title={t("edit.noPoints")}
          action={<ButtonLink href="/admin/topics/new">{t("edit.registerTopic")}</ButtonLink>}
        >
          {t("edit.noPointsWhy")}
        </EmptyState>
      ) : (
        <>
          <FindPointInput query={query} onChange={setQuery} />
          <fieldset className="pick-list" aria-label={t("edit.point")}>
            {offers.slice(0, AT_MOST).map(({ point: p, whole }) => (
              <label key={`${whole ? "whole " : ""}${p.id}`} className="pick">
                <input
                  type="radio"
                  name="point"
                  checked={p.id === chosen?.point.id && whole === chosen.whole}
                  onChange={() => choose({ point: p, whole })}
                />
                <span className="min-w-0 flex-1">
                  <span className="block font-medium break-words">{whole?.name ?? p.name}</span>
                  <span className="block text-xs break-words text-ink-2">
                    {[whole && `${whole.kind}, ${pointsText(whole.points.length)}`, p.area, p.device, !whole && p.topic]
                      .filter(Boolean)
                      .join(" · ")}
                  </span>
                </span>
                <span className="max-w-32 truncate font-figures text-sm">{sayValue(p.value, p, locale)}</span>
              </label>
            ))}
            {points === undefined && <p className="p-3 text-ink-2">{t("kit.listingPoints")}</p>}
            {points !== undefined && found.length === 0 && <p className="p-3 text-ink-2">{t("kit.noPointFound")}</p>}
            {offers.length > AT_MOST && (
              <p className="p-3 text-ink-2">{t("kit.morePoints", { count: offers.length - AT_MOST })}</p>
            )}
          </fieldset>
          {chosen && (
            <Field label={t("edit.showAs", { name: chosen.whole?.name ?? chosen.point.name })} className="mt-3">
              <NativeSelect
                value={kind}
                onChange={setKind}
                options={kindsFor(chosen.point).map((k) => ({ value: k.id, label: t(k.label) }))}
              />
            </Field>
          )}
        </>
      )}
    </Dialog>
  );
}
