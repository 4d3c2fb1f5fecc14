"use client";

import { useRouter } from "next/navigation";
import type { ComponentProps, MouseEvent } from "react";

/**
 * A link to another page of Telltale, which does not reload. Not next/link: pages are rendered from live data, so none is prefetched, and
 * what else it brings was 3.5 kB of every page's script (rule UI-49). A click with a modifier key works as on any link.
 */
export function PageLink({ href, onClick, ...rest }: ComponentProps<"a"> & { href: string }) {
  const router = useRouter();
  const visit = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || rest.target) return;
    event.preventDefault();
    router.push(href);
  };
  return <a {...rest} href={href} onClick={visit} />;
}
