import { useEffect, useRef } from "react";

/**
 * Runs a change of the page at once, or after the current press. When a field loses the focus, its error may appear and move the button
 * that the person is pressing.
 */
export function useAfterPress(): (change: () => void) => void {
  const waiting = useRef<(() => void)[] | undefined>(undefined);
  useEffect(() => {
    const begin = () => {
      waiting.current ??= [];
    };
    // The click event follows this event in the same task.
    const end = () => setTimeout(run);
    const run = () => {
      const changes = waiting.current ?? [];
      waiting.current = undefined;
      for (const change of changes) change();
    };
    document.addEventListener("pointerdown", begin, true);
    document.addEventListener("pointerup", end, true);
    document.addEventListener("pointercancel", end, true);
    return () => {
      document.removeEventListener("pointerdown", begin, true);
      document.removeEventListener("pointerup", end, true);
      document.removeEventListener("pointercancel", end, true);
    };
  }, []);
  return (change) => {
    if (waiting.current) waiting.current.push(change);
    else change();
  };
}
