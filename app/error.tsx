"use client";

import { useEffect } from "react";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";

/** `digest` is what the server's log has beside the cause; the cause itself never leaves the server. */
export default function ErrorPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  useEffect(() => console.error(error), [error]);
  return (
    <main className="grid min-h-[70dvh] place-items-center">
      <EmptyState
        title="This page could not be displayed"
        action={
          <>
            <Button variant="primary" onClick={retry}>
              Try again
            </Button>
            <Button onClick={() => window.location.reload()}>Reload the page</Button>
          </>
        }
      >
        <p>The server may still work: the error is in this page.</p>
        {error.digest && (
          <p className="mt-2 text-sm">
            Find it in the server's log as <code>{error.digest}</code>.
          </p>
        )}
      </EmptyState>
    </main>
  );
}
