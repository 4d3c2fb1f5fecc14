"use client";

import { useMemo } from "react";
import { partLabel } from "@/components/kit/partLabel";
import { useReader } from "@/components/kit/reader";
import { NO_CONTROL, useControl } from "@/components/kit/useControl";
import { useCommand, usePointInfos } from "@/components/live/hooks";
import { sayPart } from "@/components/tiles/sayPart";
import { ownRole } from "@/lib/composite/compose";
import { type CompositeKind, isRole } from "@/lib/composite/roles";
import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";
import type { CompositeOptions } from "../tiles/composite/options";
import { WholeContext } from "../tiles/composite/whole";
import type { Parts } from "../tiles/definition";
import { Frame, type TileFrameProps } from "./Frame";
import { useSpoken } from "./useSpoken";

type Props = TileFrameProps & { noteId: string };

/** The frame of a tile of several points: each part has a control of its own, the foot tells of the newest command to any of them. */
export function CompositeFrame(props: Props) {
  const { point, kind, options } = props;
  const composite = kind.composite ?? "light";
  const parts = useParts(composite, point, options as CompositeOptions);
  const entries = useMemo(
    () => Object.entries(parts).flatMap(([role, one]) => (one ? [{ role, point: one }] : [])),
    [parts],
  );
  const operated = useMemo(() => entries.filter((one) => one.point.command).map((one) => one.point.id), [entries]);
  const others = useMemo(() => entries.map((one) => one.point.id).filter((id) => id !== point.id), [entries, point.id]);
  const newest = useSpoken(operated);
  const spoken = entries.find((one) => one.point.id === (newest ?? operated[0]));
  const whole = { ...props, composite, parts, others };
  return spoken ? <Spoken {...whole} {...spoken} main={point} /> : <Silent {...whole} />;
}

interface Whole extends Props {
  composite: CompositeKind;
  parts: Parts;
  others: readonly PointInfo["id"][];
}

function Silent({ composite, ...props }: Whole) {
  const { title, noteId } = props;
  const whole = useMemo(
    () => ({ kind: composite, title, describedBy: noteId, spoken: undefined, why: undefined }),
    [composite, title, noteId],
  );
  return (
    <WholeContext value={whole}>
      <Frame {...props} control={NO_CONTROL} />
    </WholeContext>
  );
}

function Spoken({ composite, role, point, main, ...props }: Whole & { role: string; main: PointInfo }) {
  const { title, noteId } = props;
  const { locale } = useReader();
  const say = (value: Value) => sayPart(composite, role, point, locale, value);
  const control = useControl(point, noteId, say);
  const { disabledReason } = useCommand(point.id);
  const whole = useMemo(
    () => ({ kind: composite, title, describedBy: noteId, spoken: point.id, why: disabledReason }),
    [composite, title, noteId, point.id, disabledReason],
  );
  const label = role === "power" ? undefined : partLabel(composite, role);
  return (
    <WholeContext value={whole}>
      <Frame {...props} point={main} control={control} spoken={{ point, label, say }} />
    </WholeContext>
  );
}

/** What is there of what the options name, the tile's own point in its role. Unknown roles are not drawn. */
function useParts(kind: CompositeKind, point: PointInfo, { parts }: CompositeOptions): Parts {
  const known = usePointInfos(useMemo(() => Object.values(parts), [parts]));
  return useMemo(() => {
    const there = Object.entries(parts).map(([role, id]) => [role, known.find((one) => one.id === id)] as const);
    const own = ownRole(kind, point);
    return Object.fromEntries([
      ...there.filter(([role, one]) => one && role !== own && isRole(kind, role)),
      [own, point],
    ]);
  }, [kind, point, parts, known]);
}
