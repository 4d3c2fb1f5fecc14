import { t } from "@/lib/texts/t";

/** Shows that something is in progress. It is decorative: the text beside it says what. */
export function Spinner({ className = "size-4" }: { className?: string }) {
  return (
    <svg viewBox="0 0 16 16" className={`${className} shrink-0 motion-safe:animate-spin`} aria-hidden="true">
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeOpacity="0.25" strokeWidth="2" />
      <path d="M8 2a6 6 0 0 1 6 6" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}

/** A loading pane: a spinner and a text, which is announced. */
export function Loading({ children = t("ui.loading") }: { children?: string }) {
  return (
    <p role="status" className="flex items-center gap-3 p-6 text-(--ink-2)">
      <Spinner />
      {children}
    </p>
  );
}
