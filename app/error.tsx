"use client";

import { useEffect } from "react";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { rich } from "@/components/ui/rich";
import { t } from "@/lib/texts/t";

/** `digest` is what the server's log has beside the cause; the cause itself never leaves the server. */
export default function ErrorPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  useEffect(() => console.error(error), [error]);
  return (
    <main className="grid min-h-[70dvh] place-items-center">
      <EmptyState
        title={t("error.title")}
        action={
          <>
            <Button variant="primary" onClick={retry}>
              {t("ui.tryAgain")}
            </Button>
            <Button onClick={() => window.location.reload()}>{t("error.reloadPage")}</Button>
          </>
        }
      >
        <p>{t("error.serverMayWork")}</p>
        {error.digest && (
          <p className="mt-2 text-sm">{rich("error.findInLog", { digest: <code>{error.digest}</code> })}</p>
        )}
      </EmptyState>
    </main>
  );
}
