import { ButtonLink } from "@/components/ui/ButtonLink";
import { EmptyState } from "@/components/ui/EmptyState";
import { t } from "@/lib/texts/t";

/** Shown for an address without a page. */
export function NothingHere() {
  return (
    <EmptyState
      title={t("shell.pageNotFound")}
      action={
        <>
          <ButtonLink href="/" variant="primary">
            {t("shell.firstDashboard")}
          </ButtonLink>
          <ButtonLink href="/everything">{t("shell.everything")}</ButtonLink>
        </>
      }
    >
      {t("shell.notFoundWhy")}
    </EmptyState>
  );
}
