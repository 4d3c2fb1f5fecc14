"use client";

import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { type ReactNode, Suspense } from "react";
import { t } from "@/lib/texts/t";
import { DETAILS_PARAMETER } from "../detail/details";
import { ConnectionBar } from "./ConnectionBar";

const DetailSheet = dynamic(() => import("../detail/DetailSheet").then((m) => m.DetailSheet), { ssr: false });

/** What every page of tiles has around its grid: the connection bar and a point's details. */
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
  return id && <DetailSheet id={id} />;
}
