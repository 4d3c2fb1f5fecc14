"use client";

import { rolesOf } from "@/lib/composite/roles";
import type { Parts } from "../definition";
import { Part } from "./Part";
import { useWhole } from "./whole";

/** All parts for which the tile has no special form, in the kind's order. */
export function OtherParts({ parts, but }: { parts: Parts; but: readonly string[] }) {
  const { kind } = useWhole();
  const rest = rolesOf(kind).flatMap((role) => {
    const point = parts[role];
    return point && !but.includes(role) ? [{ role, point }] : [];
  });
  if (rest.length === 0) return null;
  return (
    <div className="parts">
      {rest.map(({ role, point }) => (
        <Part key={role} role={role} point={point} />
      ))}
    </div>
  );
}
