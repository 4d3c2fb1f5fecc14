import type { Template } from "../copy";

export const page: Template = {
  files: {
    "app/(app)/admin/lamps/page.tsx": `
import type { Metadata } from "next";
import { LampsPage } from "@/components/lamps/LampsPage";
import { t } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("shell.lamps") });

export default function AdminLampsPage() {
  return <LampsPage />;
}
`,
    "components/lamps/LampsPage.tsx": `
"use client";

import { Page } from "@/components/kit/Page";
import { t } from "@/lib/texts/t";

export function LampsPage() {
  return <Page title={t("shell.lamps")}>{null}</Page>;
}
`,
  },
  lines: [
    {
      file: "components/shell/nav.ts",
      behind: '  { label: "shell.audit", href: "/admin/audit", icon: "clipboard-text-clock-outline" },',
      add: '  { label: "shell.lamps", href: "/admin/lamps", icon: "lightbulb" },',
    },
    {
      file: "messages/en.json",
      behind: '  "shell": {',
      add: '    "lamps": "Lamps",',
    },
  ],
};
