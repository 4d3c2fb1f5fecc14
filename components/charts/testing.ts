import type { PointId } from "@/lib/ids";
import type { PointInfo } from "@/lib/point";
import type { RawColumns } from "./columns";
import type { FeedState } from "./feed";
import type { Line } from "./lines";

const pointOf = (id: string, more: Partial<PointInfo> = {}): PointInfo => ({
  id: id as PointId,
  registration: id as PointInfo["registration"],
  origin: "store",
  broker: "main" as PointInfo["broker"],
  name: id,
  operable: false,
  ...more,
});

export const lineOf = (id: string, kind: Line["kind"], more: Partial<PointInfo> = {}): Line => ({
  point: pointOf(id, more),
  label: id,
  slot: 0,
  kind,
  scale: kind === "number" ? "y" : "",
  unit: undefined,
});

export const rawOf = (t: number[], value: RawColumns["value"] = t): RawColumns => ({
  tier: "raw",
  t,
  value,
  before: null,
});

export const feedState = (columns: Record<string, RawColumns>, more: Partial<FeedState> = {}): FeedState => ({
  columns: new Map(Object.entries(columns).map(([id, one]) => [id as PointId, one])),
  before: new Map(),
  shown: undefined,
  loading: false,
  problem: undefined,
  ...more,
});
