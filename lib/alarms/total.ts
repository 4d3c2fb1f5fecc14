import type { AlarmCounts } from "../api/alarms";

/** Alarms of all levels. Apart from the schemas: every live page has it. */
export const alarmTotal = ({ critical, warning, notice }: AlarmCounts): number => critical + warning + notice;
