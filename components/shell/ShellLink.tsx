"use client";

import { useEffect } from "react";
import { isLost } from "@/components/dashboard/useTileState";
import { countAlarms } from "@/components/kit/alarmCount";
import { useBrokers, useConnection } from "@/components/live/hooks";
import { useLive } from "@/components/live/LiveProvider";
import { liveBrokers } from "./liveBrokers";

/** Inside a LiveProvider: passes the brokers and the connection state to the shell. Renders nothing. */
export function ShellLink() {
  const brokers = useBrokers();
  useEffect(() => liveBrokers.setState({ brokers }), [brokers]);
  const silent = isLost(useConnection());
  useEffect(() => liveBrokers.setState({ silent }), [silent]);
  const { link } = useLive();
  useEffect(() => link?.socket.on("alarms", countAlarms), [link]);
  useEffect(() => () => liveBrokers.setState({ brokers: null, silent: false }), []);
  return null;
}
