"use client";

import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { type ReactNode, Suspense, useEffect } from "react";
import { t } from "@/lib/texts/t";
import { DETAILS_PARAMETER, hostDetails } from "../detail/details";
import { ConnectionBar } from "./ConnectionBar";

const PointSheet = dynamic(() => import("./sheet/PointSheet").then((m) => m.PointSheet), { ssr: false });

/** What every page of tiles has around its grid: the connection bar and the sheet of a point. */
export function LivePage({ children }: { children: ReactNode }) {
  return (
    <>
      <ConnectionBar />
      {children}
      <p className="filter-none">{t("dashboard.noneInState")}</p>
      <Suspense>
        <Details />
      </Suspense>
    </>
  );
}

function Details() {
  const id = useSearchParams().get(DETAILS_PARAMETER);
  useEffect(hostDetails, []);
  return id && <PointSheet id={id} />;
}
