"use client";

import { useEffect } from "react";
import { useBrokers } from "@/components/live/hooks";
import { liveBrokers } from "./liveBrokers";

/** Stands inside a LiveProvider and tells the shell what the socket says of the brokers. Draws nothing. */
export function ShellLink() {
  const brokers = useBrokers();
  useEffect(() => liveBrokers.setState({ brokers }), [brokers]);
  useEffect(() => () => liveBrokers.setState({ brokers: null }), []);
  return null;
}
