import { createStore } from "zustand/vanilla";

export interface Toast {
  id: number;
  tone: "neutral" | "critical";
  text: string;
}

/** What was just done, or could not be. Kept outside React, so that any code may say something. */
export const toasts = createStore<{ items: readonly Toast[] }>(() => ({ items: [] }));

let next = 1;

/** Good news goes by itself; a fault stays until it is read and put away. */
export function toast(text: string, tone: Toast["tone"] = "neutral"): void {
  const item: Toast = { id: next++, tone, text };
  toasts.setState(({ items }) => ({ items: [...items.slice(-3), item] }));
  if (tone === "neutral") setTimeout(() => dismiss(item.id), 5000);
}

export const dismiss = (id: number): void =>
  toasts.setState(({ items }) => ({ items: items.filter((item) => item.id !== id) }));
