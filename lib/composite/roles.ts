import type { PlainKey } from "../texts/t";
import { climate } from "./climate";
import { cover } from "./cover";
import { fan } from "./fan";
import type { CompositeSpec } from "./kind";
import { light } from "./light";

/**
 * Things that are one to people though they are several points: a lamp with its brightness, a blind with its moves. Each kind is an entry
 * of its own. Not zod: a live page needs this, and should not pay for a schema library with it.
 */
const KINDS = {
  light,
  cover,
  climate,
  fan,
} satisfies Record<string, CompositeSpec>;

export type CompositeKind = keyof typeof KINDS;
export const COMPOSITE_KINDS = Object.keys(KINDS) as CompositeKind[];

/** What is the same for every kind, without the names of its own roles. */
const specOf = (kind: CompositeKind): CompositeSpec => KINDS[kind];

export const isCompositeKind = (kind: string): kind is CompositeKind => Object.hasOwn(KINDS, kind);

export const labelOf = (kind: CompositeKind): PlainKey => specOf(kind).label;

/** The roles that a tile of the kind draws, in its order. */
export const rolesOf = (kind: CompositeKind): readonly string[] => Object.keys(specOf(kind).roles);

export const isRole = (kind: CompositeKind, role: string): boolean => Object.hasOwn(specOf(kind).roles, role);

/** What people read for a role; undefined: the kind does not draw it. */
export const roleLabelOf = (kind: CompositeKind, role: string): PlainKey | undefined =>
  isRole(kind, role) ? specOf(kind).roles[role] : undefined;

/** Of these roles the main one; undefined where none of them is drawn. */
export const mainRole = (kind: CompositeKind, roles: ReadonlySet<string>): string | undefined =>
  [...specOf(kind).main, ...rolesOf(kind)].find((role) => roles.has(role));

/** A convention's name for a part as the role that tiles know. */
export function roleOf(kind: CompositeKind, said: string): string {
  const { spoken } = specOf(kind);
  return Object.hasOwn(spoken, said) ? (spoken[said] ?? said) : said;
}

/** The role of a point whose registration names none. */
export const guessedRole = (kind: CompositeKind, command: keyof CompositeSpec["guessed"] | undefined): string =>
  specOf(kind).guessed[command ?? "none"] ?? specOf(kind).guessed.none;
