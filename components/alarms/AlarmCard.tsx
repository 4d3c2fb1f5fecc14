import { clockText } from "@/components/kit/clockText";
import { Glyph } from "@/components/kit/Glyph";
import { lengthText } from "@/components/kit/lengthText";
import { useReader } from "@/components/kit/reader";
import { Button } from "@/components/ui/Button";
import { cx } from "@/components/ui/cx";
import type { AlarmOut } from "@/lib/api";
import { t } from "@/lib/texts/t";
import { peakText } from "./peakText";

interface CardProps {
  alarm: AlarmOut;
  /** The server's clock. */
  now: number;
  onShelve: (alarm: AlarmOut) => void;
  onAcknowledge: (alarm: AlarmOut) => void;
  onUnshelve: (alarm: AlarmOut) => void;
}

const STANDING = {
  critical: { card: "border-crit bg-crit-wash", mark: "bg-crit text-page", text: "text-crit-ink" },
  warning: { card: "border-warn bg-warn-wash", mark: "bg-warn text-page", text: "text-warn-ink" },
  notice: { card: "border-line bg-panel", mark: "bg-well text-ink-2", text: "text-ink-2" },
} as const;
const ASIDE = STANDING.notice;

/** One alarm: what, what to do, since when and how bad, and who knows. */
export function AlarmCard({ alarm, now, onShelve, onAcknowledge, onUnshelve }: CardProps) {
  const { state, level, name, where, text, points } = alarm;
  const asks = state === "active" || state === "acknowledged";
  const look = asks ? STANDING[level] : ASIDE;
  const headline = t("alarms.headline", { name, where });
  return (
    <li
      aria-label={headline}
      data-level={level}
      data-alarm={state}
      className={cx(
        "flex flex-wrap items-center gap-x-4 gap-y-2 rounded-tile border px-4 py-3 shadow-panel",
        look.card,
        state === "active" && level === "critical" && "border-2",
      )}
    >
      <span className={cx("grid size-10 shrink-0 place-items-center rounded-full", look.mark)}>
        <Glyph name={level === "critical" ? "alert" : "bell-outline"} className="size-5.5" />
      </span>
      <div className="min-w-0 flex-1 basis-56">
        <p className="text-[15px] font-semibold break-words">
          {headline}
          <span className="sr-only"> ({t("alarms.levelName", { level })})</span>
          {points.length > 1 && (
            <span className="ml-2 text-sm font-normal text-ink-2">{t("alarms.points", { count: points.length })}</span>
          )}
        </p>
        {text && <p className={cx("text-[14px] font-semibold break-words whitespace-pre-line", look.text)}>{text}</p>}
        <Who alarm={alarm} now={now} />
      </div>
      <Since alarm={alarm} now={now} />
      {alarm.operable && (
        <div className="flex gap-2 max-sm:w-full max-sm:*:flex-1">
          {state === "shelved" ? (
            <Button onClick={() => onUnshelve(alarm)}>{t("alarms.unshelve")}</Button>
          ) : (
            state !== "cleared" && <Button onClick={() => onShelve(alarm)}>{t("alarms.shelve")}</Button>
          )}
          {(state === "active" || state === "cleared" || state === "suppressed") && !alarm.by && (
            <Button variant={asks ? "primary" : "secondary"} onClick={() => onAcknowledge(alarm)}>
              {t("alarms.acknowledge")}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

function Since({ alarm: { since, endedAt, ...alarm }, now }: { alarm: AlarmOut; now: number }) {
  const { locale } = useReader();
  const time = clockText(since, now, locale);
  const peak = peakText(alarm, locale);
  const lasted = endedAt === undefined ? undefined : lengthText(endedAt - since);
  return (
    <div className="text-right text-[14px] text-ink-2 tabular-nums max-sm:w-full max-sm:text-left">
      {lasted === undefined && <p className="font-figures text-[16px] text-ink">{lengthText(now - since)}</p>}
      <p>{peak === undefined ? t("alarms.since", { time }) : t("alarms.sincePeak", { time, peak })}</p>
      {endedAt !== undefined && lasted !== undefined && (
        <p>{t("alarms.endedAfter", { time: clockText(endedAt, now, locale), length: lasted })}</p>
      )}
    </div>
  );
}

/** Who knows of it, or why nobody has to. */
function Who({ alarm, now }: { alarm: AlarmOut; now: number }) {
  const { locale } = useReader();
  const { by, acknowledgedAt, note, shelvedBy, shelvedUntil, state } = alarm;
  const lines: string[] = [];
  if (by !== undefined && acknowledgedAt !== undefined) {
    const time = clockText(acknowledgedAt, now, locale);
    lines.push(note ? t("alarms.acknowledgedNote", { by, time, note }) : t("alarms.acknowledgedBy", { by, time }));
  }
  if (shelvedBy !== undefined && shelvedUntil !== undefined)
    lines.push(t("alarms.shelvedBy", { by: shelvedBy, time: clockText(shelvedUntil, now, locale) }));
  if (state === "suppressed") lines.push(t("alarms.offlineNow"));
  return lines.map((line) => (
    <p key={line} className="mt-0.5 text-sm break-words text-ink-2">
      {line}
    </p>
  ));
}
