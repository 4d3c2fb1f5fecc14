import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="grid min-h-[70dvh] place-items-center">
      <EmptyState
        title="Nothing stands at this address"
        action={
          <>
            <ButtonLink href="/" variant="primary">
              First dashboard
            </ButtonLink>
            <ButtonLink href="/everything">Everything</ButtonLink>
          </>
        }
      >
        The dashboard may have been renamed or removed, or the link has a typo.
      </EmptyState>
    </main>
  );
}
