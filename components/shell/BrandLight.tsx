"use client";

import { useStore } from "zustand";
import { Telltale } from "@/components/kit/Telltale";
import { liveBrokers } from "./liveBrokers";

/** The light beside the name: green only while the server answers. */
export function BrandLight() {
  const silent = useStore(liveBrokers, (state) => state.silent);
  return <Telltale state={silent ? "stale" : "live"} size={22} label="" />;
}
