import { createElement, Fragment, type ReactNode } from "react";
import type { TextArgs } from "@/lib/texts/compiled/keys";
import { type ArgsOf, type TextKey, textParts } from "@/lib/texts/t";

/** A tag is a function of its content; an argument may itself be an element. */
type Rich = TextArgs<ReactNode, ReactNode>;

const together = (parts: readonly unknown[]): ReactNode => createElement(Fragment, null, ...(parts as ReactNode[]));

const asTag = (given: unknown): unknown =>
  typeof given === "function" ? (inside: readonly unknown[]) => given(together(inside)) : given;

/** A text with elements in it: `<b>…</b>` in the catalogue is `{ b: (inside) => <strong>{inside}</strong> }` here. */
export const rich = <K extends TextKey>(key: K, ...[args]: ArgsOf<Rich, K>): ReactNode =>
  together(textParts(key, Object.fromEntries(Object.entries(args ?? {}).map(([name, given]) => [name, asTag(given)]))));
