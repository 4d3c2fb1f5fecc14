import { useEffect, useState } from "react";
import { type ApiResult, call, serverNow } from "@/components/api";
import { Banner } from "@/components/ui/Banner";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { toast } from "@/components/ui/toasts";
import type { AlarmOut } from "@/lib/api";
import { t } from "@/lib/texts/t";
import { AcknowledgeDialog, ShelveDialog } from "./ActDialogs";
import { AlarmCard } from "./AlarmCard";

/** ISA-18.2 calls more than ten in ten minutes a flood. */
const FLOOD = 10;
const FLOOD_MS = 600_000;

interface ActiveProps {
  alarms: readonly AlarmOut[];
  reload: () => Promise<void>;
  onRules: (() => void) | undefined;
}

/** What asks for a person first; below, what one cause silences, what was put aside, and what ended unseen. */
export function ActiveAlarms({ alarms, reload, onRules }: ActiveProps) {
  const now = useServerNow();
  const [shelving, setShelving] = useState<AlarmOut>();
  const [acknowledging, setAcknowledging] = useState<AlarmOut>();
  const of = (...states: AlarmOut["state"][]) => alarms.filter(({ state }) => states.includes(state));

  const done = async (answer: ApiResult<unknown>): Promise<void> => {
    if (!answer.ok) toast(answer.problem.message, "critical");
    setShelving(undefined);
    setAcknowledging(undefined);
    await reload();
  };
  const unshelve = async (alarm: AlarmOut) =>
    done(await call("POST /alarms/{id}/unshelve", { params: { id: alarm.id }, body: {} }));

  const standing = of("active", "acknowledged");
  const recent = standing.filter(({ since }) => now - since < FLOOD_MS).length;
  const acts = { now, onShelve: setShelving, onAcknowledge: setAcknowledging, onUnshelve: unshelve };
  if (alarms.length === 0)
    return (
      <EmptyState
        title={t("alarms.allQuiet")}
        action={onRules && <Button onClick={onRules}>{t("alarms.rules")}</Button>}
      >
        {t("alarms.allQuietWhy")}
      </EmptyState>
    );
  return (
    <div className="flex flex-col gap-6">
      {recent > FLOOD && (
        <Banner tone="critical" live>
          {t("alarms.flood", { count: recent })}
        </Banner>
      )}
      {standing.length > 0 ? (
        <AlarmList alarms={standing} {...acts} />
      ) : (
        <p className="text-ink-2">{t("alarms.allQuietWhy")}</p>
      )}
      <Group title={t("alarms.suppressedTitle")} alarms={of("suppressed")} {...acts} />
      <Group title={t("alarms.shelvedTitle")} alarms={of("shelved")} {...acts} />
      <Group title={t("alarms.ended")} alarms={of("cleared")} {...acts} />
      {shelving && <ShelveDialog alarm={shelving} onClose={() => setShelving(undefined)} onDone={done} />}
      {acknowledging && (
        <AcknowledgeDialog alarm={acknowledging} onClose={() => setAcknowledging(undefined)} onDone={done} />
      )}
    </div>
  );
}

interface ListProps {
  alarms: readonly AlarmOut[];
  now: number;
  onShelve: (alarm: AlarmOut) => void;
  onAcknowledge: (alarm: AlarmOut) => void;
  onUnshelve: (alarm: AlarmOut) => void;
}

function AlarmList({ alarms, ...acts }: ListProps) {
  return (
    <ul className="flex flex-col gap-2.5">
      {alarms.map((alarm) => (
        <AlarmCard key={alarm.id} alarm={alarm} {...acts} />
      ))}
    </ul>
  );
}

function Group({ title, ...list }: ListProps & { title: string }) {
  if (list.alarms.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className="mb-2 text-[1.0625rem]">{title}</h2>
      <AlarmList {...list} />
    </section>
  );
}

/** Looked at often enough for minutes. */
const LOOK_MS = 5000;

function useServerNow(): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
