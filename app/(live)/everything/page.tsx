import type { Metadata } from "next";
import { EverythingPage } from "@/components/dashboard/EverythingPage";
import { LiveView } from "@/components/dashboard/LiveView";
import { look } from "../look";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Everything" };

const VIEW = { kind: "everything" } as const;

export default async function Everything() {
  const { snapshot, reader } = await look(VIEW);
  return (
    <LiveView view={VIEW} snapshot={snapshot} reader={reader}>
      <EverythingPage />
    </LiveView>
  );
}
