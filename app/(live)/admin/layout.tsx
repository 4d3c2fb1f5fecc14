import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Page } from "@/components/kit/Page";
import { mayAdministerShell } from "@/components/shell/nav";
import { ButtonLink } from "@/components/ui/ButtonLink";
import { EmptyState } from "@/components/ui/EmptyState";
import { pageData } from "@/lib/pageData";

/** For admins only; the API decides on its own, this only spares others a page of refusals. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const shell = await pageData().shell(await headers());
  if (shell && mayAdministerShell(shell)) return children;
  return (
    <Page title="Set up">
      <EmptyState title="This part is for admins" action={<ButtonLink href="/">Back to the dashboards</ButtonLink>}>
        Your role does not allow changing settings. Ask an admin.
      </EmptyState>
    </Page>
  );
}
