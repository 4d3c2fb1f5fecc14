import { useState } from "react";
import { call } from "@/components/api";
import { Loaded } from "@/components/kit/Loaded";
import { useLoad } from "@/components/kit/useLoad";
import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import type { AlarmRuleOut } from "@/lib/api";
import { t } from "@/lib/texts/t";
import { RuleForm } from "./RuleForm";
import { ruleText } from "./ruleText";
import { ThresholdsDialog } from "./ThresholdsDialog";

const load = () => call("GET /alarm-rules");
const TONE = { critical: "critical", warning: "warning", notice: "neutral" } as const;

/** All rules, for admins, who make and change them here. */
export function Rules() {
  const [rules, reload] = useLoad(load);
  const [edited, setEdited] = useState<AlarmRuleOut | "new">();
  const [fromThresholds, setFromThresholds] = useState(false);
  const done = async (): Promise<void> => {
    setEdited(undefined);
    setFromThresholds(false);
    await reload();
  };
  const actions = (
    <>
      <Button onClick={() => setFromThresholds(true)}>{t("alarms.fromThresholds")}</Button>
      <Button variant="primary" onClick={() => setEdited("new")}>
        {t("alarms.newRule")}
      </Button>
    </>
  );
  return (
    <>
      <Loaded load={rules} reload={reload} what={t("alarms.theRules")}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title={t("alarms.noRules")} action={actions}>
              {t("alarms.noRulesWhy")}
            </EmptyState>
          ) : (
            <>
              <div className="mb-4 flex flex-wrap gap-2">{actions}</div>
              <ul className="divide-y divide-line rounded-tile border border-line bg-panel shadow-panel">
                {list.map((rule) => (
                  <RuleRow key={rule.rule.id} of={rule} onEdit={() => setEdited(rule)} />
                ))}
              </ul>
            </>
          )
        }
      </Loaded>
      {edited && (
        <RuleForm of={edited === "new" ? undefined : edited} onClose={() => setEdited(undefined)} onDone={done} />
      )}
      {fromThresholds && <ThresholdsDialog onClose={() => setFromThresholds(false)} onDone={done} />}
    </>
  );
}

function RuleRow({ of: { rule, origin }, onEdit }: { of: AlarmRuleOut; onEdit: () => void }) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-2 text-[15px] font-semibold">
          <span className="min-w-0 break-words">{rule.name}</span>
          <Badge tone={TONE[rule.level]}>{t("alarms.levelName", { level: rule.level })}</Badge>
          {rule.disabled && <Badge>{t("alarms.outOfService")}</Badge>}
          {origin === "file" && <Badge>{t("alarms.fromFile")}</Badge>}
        </p>
        <p className="text-sm break-words text-ink-2">{ruleText(rule)}</p>
        {rule.text && <p className="text-sm break-words text-ink-2">{rule.text}</p>}
      </div>
      {origin === "store" && (
        <Button size="s" onClick={onEdit} aria-label={`${t("alarms.editRule")}: ${rule.name}`}>
          {t("alarms.editRule")}
        </Button>
      )}
    </li>
  );
}
