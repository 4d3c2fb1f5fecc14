import { ButtonLink } from "@/components/ui/ButtonLink";
import { EmptyState } from "@/components/ui/EmptyState";

/** Shown for an address without a page. */
export function NothingHere() {
  return (
    <EmptyState
      title="Page not found"
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
  );
}
