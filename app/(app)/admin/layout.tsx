import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Page } from "@/components/kit/Page";
import { mayAdministerShell } from "@/components/shell/nav";
import { ButtonLink } from "@/components/ui/ButtonLink";
import { EmptyState } from "@/components/ui/EmptyState";
import { pageData } from "@/lib/pageData";
import { t } from "@/lib/texts/all";

/** For admins only; the API decides on its own, this only spares others a page of refusals. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const shell = await pageData().shell(await headers());
  if (shell && mayAdministerShell(shell)) return children;
  return (
    <Page title={t("app.setUp")}>
      <EmptyState title={t("app.forAdmins")} action={<ButtonLink href="/">{t("app.backDashboards")}</ButtonLink>}>
        {t("app.notForYou")}
      </EmptyState>
    </Page>
  );
}
