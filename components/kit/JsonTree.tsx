"use client";

import { cx } from "@/components/ui/cx";
import { t } from "@/lib/texts/t";
import type { JsonNode } from "./jsonPaths";

/** A JSON payload whose values can be picked. Names and values come from outside: they are rendered as text, never as markup. */
export function JsonTree({
  node,
  picked,
  onPick,
}: {
  node: JsonNode;
  picked: ReadonlySet<string>;
  onPick: (path: string) => void;
}) {
  if (node.kind === "leaf") {
    const { path, value, written } = node.leaf;
    const chosen = picked.has(path);
    const shown = written ?? JSON.stringify(value);
    return (
      <button
        type="button"
        aria-pressed={chosen}
        title={chosen ? t("kit.pathIsRead", { path }) : t("kit.readPath", { path })}
        onClick={() => onPick(path)}
        className={cx(
          "max-w-full rounded-[6px] border px-1.5 min-h-6 text-left break-all pointer-coarse:min-h-9",
          chosen
            ? "border-accent bg-accent text-on-accent"
            : "border-transparent text-accent underline decoration-dotted underline-offset-3 hover:border-edge hover:bg-raised",
        )}
      >
        {node.label !== null && <span className={chosen ? undefined : "text-ink-2"}>{node.label}: </span>}
        {shown.length > 80 ? `${shown.slice(0, 80)}…` : shown}
      </button>
    );
  }
  const [open, close] = node.brackets;
  return (
    <div>
      <span className="text-ink-2">
        {node.label !== null && `${node.label}: `}
        {open}
        {node.children.length === 0 && node.cut === 0 && close}
      </span>
      {node.children.length > 0 && (
        <ul className="ml-1.5 flex flex-col items-start gap-px border-l border-line pl-2.5">
          {node.children.map((child) => (
            <li key={child.label} className="max-w-full">
              <JsonTree node={child} picked={picked} onPick={onPick} />
            </li>
          ))}
        </ul>
      )}
      {node.cut > 0 && <p className="pl-4 text-ink-3">{t("kit.moreNotShown", { count: node.cut })}</p>}
      {(node.children.length > 0 || node.cut > 0) && <span className="text-ink-2">{close}</span>}
    </div>
  );
}
