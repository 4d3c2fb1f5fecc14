"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { useStore } from "zustand";
import { Banner } from "@/components/ui/Banner";
import { Button } from "@/components/ui/Button";
import { PageLink } from "@/components/ui/PageLink";
import { t } from "@/lib/texts/t";
import { liveBrokers } from "./liveBrokers";
import type { ShellView } from "./shellView";
import { DEMO_BANNER_COOKIE, rememberCookie } from "./theme";

/** Floods are rare. Times and numbers are in the browser's format, which the server does not know. */
const FloodNotice = dynamic(() => import("./FloodNotice").then((m) => m.FloodNotice), { ssr: false });

/** Notices for everyone: faults of the installation, and that the demo house is simulated. */
export function Notices({ view }: { view: ShellView }) {
  const [demo, setDemo] = useState(view.shell.demo && view.demoBanner);
  return (
    <div className="flex flex-col gap-2 px-3 pt-3 empty:hidden md:px-6">
      <Floods initial={view.shell.brokers} admin={view.admin} />
      {view.notices.map(({ level, text }) => (
        <Banner key={text} tone={level}>
          <strong>{level === "critical" ? t("shell.faultPrefix") : t("shell.notePrefix")}</strong>
          {text}
        </Banner>
      ))}
      {demo && (
        <Banner
          className="py-0.5!"
          action={
            <Button
              variant="quiet"
              size="s"
              onClick={() => {
                rememberCookie(DEMO_BANNER_COOKIE, "hidden");
                setDemo(false);
              }}
            >
              {t("shell.hide")}
            </Button>
          }
        >
          <strong>{t("shell.demoHouse")}</strong> · {t("shell.simulated")}{" "}
          {view.shell.brokers.length > 1 ? (
            t("shell.demoEnds")
          ) : view.admin ? (
            <PageLink href="/admin/brokers/new" className="font-medium text-accent underline">
              {t("shell.connectBroker")}
            </PageLink>
          ) : (
            t("shell.adminConnects")
          )}
        </Banner>
      )}
    </div>
  );
}

/** As long as a broker's state has a flood: some minutes longer than it lasts. */
function Floods({ initial, admin }: { initial: ShellView["shell"]["brokers"]; admin: boolean }) {
  const brokers = useStore(liveBrokers, (state) => state.brokers ?? state.asked) ?? initial;
  return brokers.some(({ flood }) => flood) && <FloodNotice brokers={brokers} admin={admin} />;
}
