"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { callUpload } from "@/components/api";
import type { ImportOut } from "@/lib/api";
import { MAX_IMPORT_BYTES } from "@/lib/importLimit";
import { t } from "@/lib/texts/t";

/** The steps of an import, from the choice of a file to its report. `sent`: the part of the file that was uploaded, 0 to 1. */
export type ImportState =
  | { step: "choose" }
  | { step: "look" | "import"; file: File; sent: number }
  | { step: "looked" | "done"; file: File; report: ImportOut }
  /** `began`: readings may have been added before it ended. */
  | { step: "failed"; file: File; began: boolean; message: string };

export interface Import {
  state: ImportState;
  /** Checks the file without importing anything. */
  look(file: File): void;
  /** Imports the valid rows of the checked file. */
  add(): void;
  stop(): void;
  /** Returns to the choice of a file. */
  clear(): void;
}

export function useImport(): Import {
  const [state, setState] = useState<ImportState>({ step: "choose" });
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const send = useCallback(async (file: File, dryRun: boolean) => {
    if (file.size > MAX_IMPORT_BYTES)
      return setState({ step: "failed", file, began: false, message: t("data.tooLarge") });
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const step = dryRun ? "look" : "import";
    setState({ step, file, sent: 0 });
    const answer = await callUpload("POST /history/import", file, "text/csv", {
      query: { dryRun: dryRun ? "true" : "false" },
      signal: controller.signal,
      onSent: (sent) => running.current === controller && setState({ step, file, sent }),
    });
    if (running.current !== controller) return;
    running.current = undefined;
    if (answer.ok) setState({ step: dryRun ? "looked" : "done", file, report: answer.value });
    else if (dryRun && controller.signal.aborted) setState({ step: "choose" });
    else {
      const message = controller.signal.aborted ? t("data.stopped") : answer.problem.message;
      setState({ step: "failed", file, began: !dryRun, message });
    }
  }, []);

  return {
    state,
    look: (file) => void send(file, true),
    add: () => state.step === "looked" && void send(state.file, false),
    stop: () => running.current?.abort(),
    clear: () => setState({ step: "choose" }),
  };
}
