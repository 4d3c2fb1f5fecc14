"use client";

import { useCallback, useState } from "react";
import { call } from "@/components/api";
import { toast } from "@/components/ui/toasts";
import { t } from "@/lib/texts/t";
import { pointsText } from "./counted";

/** Returns whether adding is in progress, and a function that adds every waiting device and shows how many points were added. */
export function useAddAllFound(): [busy: boolean, addAll: () => Promise<void>] {
  const [busy, setBusy] = useState(false);
  const addAll = useCallback(async () => {
    setBusy(true);
    const answer = await call("POST /found/keep-all");
    setBusy(false);
    if (answer.ok) toast(t("kit.pointsAdded", { points: pointsText(answer.value.kept) }));
    else toast(answer.problem.message, "critical");
  }, []);
  return [busy, addAll];
}
