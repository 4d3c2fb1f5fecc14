"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import type { Shell } from "@/lib/pageData";
import type { Theme } from "./theme";

const AccountPanel = dynamic(() => import("./AccountPanel").then((m) => m.AccountPanel), { ssr: false });

/** Opened by a button with `popoverTarget`. Its content is loaded when it is first opened. */
export function AccountPopover({ id, ...panel }: Pick<Shell, "user" | "role"> & { id: string; theme: Theme }) {
  const [opened, setOpened] = useState(false);
  return (
    <div
      id={id}
      popover="auto"
      onBeforeToggle={() => setOpened(true)}
      className="fixed top-auto right-auto bottom-14 left-3.5 m-0 w-72 rounded-control border border-line bg-raised p-4 text-ink shadow-[0_8px_32px_oklch(0_0_0/0.2)]"
    >
      {opened && <AccountPanel {...panel} />}
    </div>
  );
}
