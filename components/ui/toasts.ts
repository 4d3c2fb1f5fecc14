import { createStore } from "zustand/vanilla";

export interface Toast {
  id: number;
  tone: "neutral" | "critical";
  text: string;
}

/** Short messages about what was done or failed. Outside React, so that any code can show one. */
export const toasts = createStore<{ items: readonly Toast[] }>(() => ({ items: [] }));

let next = 1;

/** Shows a toast. A neutral one disappears after 5 s; a critical one stays until it is dismissed. */
export function toast(text: string, tone: Toast["tone"] = "neutral"): void {
  const item: Toast = { id: next++, tone, text };
  toasts.setState(({ items }) => ({ items: [...items.slice(-3), item] }));
  if (tone === "neutral") setTimeout(() => dismiss(item.id), 5000);
}

export const dismiss = (id: number): void =>
  toasts.setState(({ items }) => ({ items: items.filter((item) => item.id !== id) }));
