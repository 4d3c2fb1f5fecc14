import type { ReactNode } from "react";
import { Telltale } from "@/components/kit/Telltale";

/** The frame of the login and set-up pages: the light, the name, one card. */
export function Entrance({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-8 flex items-center justify-center gap-3">
          <Telltale state="live" size={30} label="" />
          <span className="font-figures text-[1.75rem] font-bold">Telltale</span>
        </div>
        <section className="rounded-tile border border-line bg-panel p-6 shadow-panel">
          <h1 className="text-lg">{title}</h1>
          {lead && <div className="mt-1 text-[14px] text-ink-2">{lead}</div>}
          <div className="mt-5">{children}</div>
        </section>
      </div>
    </main>
  );
}
