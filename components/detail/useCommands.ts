"use client";

import { useEffect, useState } from "react";
import { call } from "@/components/api";
import { usePointPart } from "@/components/kit/useReading";
import type { Command } from "@/lib/command";
import type { PointId } from "@/lib/ids";

export interface Commands {
  /** Newest first; undefined while they are loading. */
  list: readonly Command[] | undefined;
  problem: string | undefined;
}

const MOST = 200;

/** The newest commands of a point, loaded again whenever one changes. */
export function useCommands(id: PointId, operable: boolean): Commands {
  const newest = usePointPart(id, (point) => point?.command && `${point.command.id} ${point.command.state}`);
  const [commands, setCommands] = useState<Commands>({ list: undefined, problem: undefined });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a command that changed is why they are read anew
  useEffect(() => {
    if (!operable) return;
    const gone = new AbortController();
    void call("GET /points/{id}/commands", { params: { id }, query: { limit: MOST }, signal: gone.signal }).then(
      (answer) => {
        if (gone.signal.aborted) return;
        setCommands((old) =>
          answer.ok ? { list: answer.value, problem: undefined } : { list: old.list, problem: answer.problem.message },
        );
      },
    );
    return () => gone.abort();
  }, [id, operable, newest]);
  return commands;
}
