"use client";

import Link from "next/link";
import { useState } from "react";
import { Banner } from "@/components/ui/Banner";
import { Button } from "@/components/ui/Button";
import { FloodNotice } from "./FloodNotice";
import type { ShellView } from "./shellView";
import { DEMO_BANNER_COOKIE, rememberCookie } from "./theme";

/** What everyone should know: faults of the installation, and that a house is only simulated. */
export function Notices({ view }: { view: ShellView }) {
  const [demo, setDemo] = useState(view.shell.demo && view.demoBanner);
  return (
    <div className="flex flex-col gap-2 px-3 pt-3 empty:hidden md:px-6">
      <FloodNotice initial={view.shell.brokers} admin={view.admin} />
      {view.shell.notices.map((notice) => (
        <Banner key={notice.text} tone={notice.level}>
          <strong>{notice.level === "critical" ? "Fault: " : "Note: "}</strong>
          {notice.text}
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
              Hide
            </Button>
          }
        >
          <strong>Demo house</strong> · simulated devices.{" "}
          {view.shell.brokers.length > 1 ? (
            "Your own broker is connected: the demo and its dashboards are removed at the next start."
          ) : view.admin ? (
            <Link href="/admin/brokers/new" className="font-medium text-accent underline">
              Connect your broker
            </Link>
          ) : (
            "An admin can connect your own broker."
          )}
        </Banner>
      )}
    </div>
  );
}
