"use client";

import { Card } from "@/components/kit/Card";
import { clockText } from "@/components/kit/clockText";
import { sayValue } from "@/components/kit/figure";
import { useReader } from "@/components/kit/reader";
import { useHydrated } from "@/components/kit/useHydrated";
import { useNow } from "@/components/live/hooks";
import type { PointInfo } from "@/lib/point";
import { outcomeText } from "./outcomes";
import type { Commands } from "./useCommands";

const SHOWN = 20;

export function CommandTable({ point, commands: { list, problem } }: { point: PointInfo; commands: Commands }) {
  const { locale } = useReader();
  const now = useNow();
  const hydrated = useHydrated();
  return (
    <Card title="Commands" note="Each is marked on the chart above.">
      {problem && <p className="text-sm text-warn-ink">The commands could not be read. {problem}</p>}
      {!problem && !list && <p className="text-sm text-ink-2">Reading…</p>}
      {list?.length === 0 && <p className="text-sm text-ink-2">No commands yet.</p>}
      {list !== undefined && list.length > 0 && (
        <div className="point-table">
          <table>
            <thead>
              <tr>
                <th>When</th>
                <th>Requested</th>
                <th>By</th>
                <th>Result</th>
              </tr>
            </thead>
            <tbody>
              {list.slice(0, SHOWN).map((command) => (
                <tr key={command.id}>
                  <td>{hydrated && clockText(command.at, now, locale)}</td>
                  <td>{command.value === null ? "pressed" : sayValue(command.value, point, locale)}</td>
                  <td>{command.by}</td>
                  <td>{outcomeText(command)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
