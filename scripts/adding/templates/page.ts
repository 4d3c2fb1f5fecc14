import type { Template } from "../copy";

export const page: Template = {
  files: {
    "app/(live)/admin/lamps/page.tsx": `
import type { Metadata } from "next";
import { LampsPage } from "@/components/lamps/LampsPage";

export const metadata: Metadata = { title: "Lamps" };

export default function AdminLampsPage() {
  return <LampsPage />;
}
`,
    "components/lamps/LampsPage.tsx": `
"use client";

import { Page } from "@/components/kit/Page";
import { EmptyState } from "@/components/ui/EmptyState";

export function LampsPage() {
  return (
    <Page title="Lamps">
      <EmptyState title="No lamps yet">Lamps are listed here.</EmptyState>
    </Page>
  );
}
`,
  },
  lines: [
    {
      file: "components/shell/nav.ts",
      behind: '  { label: "Audit", href: "/admin/audit" },',
      add: '  { label: "Lamps", href: "/admin/lamps" },',
    },
  ],
};
