import type { ReactNode } from "react";

/** Line icons of 20 × 20 in the text's colour. Always beside words or in an IconButton. */
const PATHS = {
  close: <path d="m5 5 10 10M15 5 5 15" />,
  plus: <path d="M10 4v12M4 10h12" />,
  search: <path d="m13.5 13.5 3.5 3.5M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12Z" />,
  more: <path d="M4.5 10h.01M10 10h.01M15.5 10h.01" strokeWidth="2.6" />,
  chevron: <path d="m6 8 4 4 4-4" />,
  trash: <path d="M4 6h12M8 6V4h4v2m-6 0 .6 10h6.8L14 6M8.7 9v4m2.6-4v4" />,
  edit: <path d="m4 16 .8-3.4L13.6 4a1.4 1.4 0 0 1 2 0l.4.4a1.4 1.4 0 0 1 0 2L7.4 15.2 4 16Z" />,
  up: <path d="m5 12 5-5 5 5" />,
  down: <path d="m5 8 5 5 5-5" />,
  check: <path d="m4.5 10.5 3.5 3.5 7.5-8" />,
  home: <path d="M3.5 9.5 10 4l6.5 5.500V16h-4.300v-4H7.800v4H3.500V9.500Z" />,
  grid: <path d="M4 4h5v5H4V4Zm7 0h5v5h-5V4Zm-7 7h5v5H4v-5Zm7 0h5v5h-5v-5Z" />,
  menu: <path d="M4 6h12M4 10h12M4 14h12" />,
  person: <path d="M10 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-6 6.500c.5-3 3-4.5 6-4.500s5.5 1.5 6 4.5" />,
  copy: <path d="M7 7h9v9H7V7Zm-3 6V4h9" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof PATHS;

export function Icon({ name, className = "size-5" }: { name: IconName; className?: string }) {
  return (
    <svg
      viewBox="0 0 20 20"
      className={`${className} shrink-0`}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {PATHS[name]}
    </svg>
  );
}
