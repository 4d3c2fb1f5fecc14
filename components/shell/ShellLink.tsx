"use client";

import { useEffect } from "react";
import { isLost } from "@/components/dashboard/useTileState";
import { useBrokers, useConnection } from "@/components/live/hooks";
import { liveBrokers } from "./liveBrokers";

/** Inside a LiveProvider: passes the brokers and the connection state to the shell. Renders nothing. */
export function ShellLink() {
  const brokers = useBrokers();
  useEffect(() => liveBrokers.setState({ brokers }), [brokers]);
  const silent = isLost(useConnection());
  useEffect(() => liveBrokers.setState({ silent }), [silent]);
  useEffect(() => () => liveBrokers.setState({ brokers: null, silent: false }), []);
  return null;
}
