import type { Metadata } from "next";
import { headers } from "next/headers";
import { ExplorerPage } from "@/components/explorer/ExplorerPage";
import { Page } from "@/components/kit/Page";
import { mayAdministerShell } from "@/components/shell/nav";
import { ButtonLink } from "@/components/ui/ButtonLink";
import { EmptyState } from "@/components/ui/EmptyState";
import { pageData } from "@/lib/pageData";

export const metadata: Metadata = { title: "Explorer" };

/** For admins only; the socket decides on its own, this only spares others a page of refusals. */
export default async function Explore() {
  const shell = await pageData().shell(await headers());
  if (shell && mayAdministerShell(shell)) return <ExplorerPage brokers={shell.brokers} />;
  return (
    <Page title="Explorer">
      <EmptyState title="This part is for admins" action={<ButtonLink href="/">Back to the dashboards</ButtonLink>}>
        The explorer shows every message of a broker, whoever may see its topic. Ask an admin.
      </EmptyState>
    </Page>
  );
}
