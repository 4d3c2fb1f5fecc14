"use client";

import { Card } from "@/components/kit/Card";
import { clockText } from "@/components/kit/clockText";
import { sayValue } from "@/components/kit/figure";
import { useReader } from "@/components/kit/reader";
import { useHydrated } from "@/components/kit/useHydrated";
import { useNow } from "@/components/live/hooks";
import type { PointInfo } from "@/lib/point";
import { t } from "@/lib/texts/t";
import { outcomeText } from "./outcomes";
import type { Commands } from "./useCommands";

const SHOWN = 20;

export function CommandTable({ point, commands: { list, problem } }: { point: PointInfo; commands: Commands }) {
  const { locale } = useReader();
  const now = useNow();
  const hydrated = useHydrated();
  return (
    <Card title={t("point.commands")} note={t("point.commandsNote")}>
      {problem && <p className="text-sm text-warn-ink">{t("point.commandsNotRead", { problem })}</p>}
      {!problem && !list && <p className="text-sm text-ink-2">{t("point.reading")}</p>}
      {list?.length === 0 && <p className="text-sm text-ink-2">{t("point.noCommandsYet")}</p>}
      {list !== undefined && list.length > 0 && (
        <div className="point-table">
          <table>
            <thead>
              <tr>
                <th>{t("point.when")}</th>
                <th>{t("point.requested")}</th>
                <th>{t("point.by")}</th>
                <th>{t("point.result")}</th>
              </tr>
            </thead>
            <tbody>
              {list.slice(0, SHOWN).map((command) => (
                <tr key={command.id}>
                  <td>{hydrated && clockText(command.at, now, locale)}</td>
                  <td>{command.value === null ? t("kit.pressed") : sayValue(command.value, point, locale)}</td>
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
