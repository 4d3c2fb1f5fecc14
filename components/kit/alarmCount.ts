import { alarmTotal } from "@/lib/alarms/total";
import type { AlarmCounts } from "@/lib/api/alarms";
import { setNavCount } from "./navCounts";

/** The server told how many alarms ask for a person. */
export const countAlarms = (counts: AlarmCounts): void => setNavCount("/alarms", alarmTotal(counts));
