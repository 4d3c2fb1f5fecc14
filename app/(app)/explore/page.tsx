import type { Metadata } from "next";
import { headers } from "next/headers";
import { ExplorerPage } from "@/components/explorer/ExplorerPage";
import { Page } from "@/components/kit/Page";
import { mayAdministerShell } from "@/components/shell/nav";
import { ButtonLink } from "@/components/ui/ButtonLink";
import { EmptyState } from "@/components/ui/EmptyState";
import { PageTexts } from "@/components/ui/PageTexts";
import { pageData } from "@/lib/pageData";
import { t, textsOf } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.explorer") });

/** For admins only; the socket decides on its own, this only spares others a page of refusals. */
export default async function Explore() {
  const shell = await pageData().shell(await headers());
  if (shell && mayAdministerShell(shell))
    return (
      <PageTexts texts={textsOf("charts", "composite", "explorer", "formats", "schema", "tiles")}>
        <ExplorerPage brokers={shell.brokers} />
      </PageTexts>
    );
  return (
    <Page title={t("app.explorer")}>
      <EmptyState title={t("app.forAdmins")} action={<ButtonLink href="/">{t("app.backDashboards")}</ButtonLink>}>
        {t("app.explorerForAdmins")}
      </EmptyState>
    </Page>
  );
}
