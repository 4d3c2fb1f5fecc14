import { ButtonLink } from "@/components/ui/ButtonLink";
import { EmptyState } from "@/components/ui/EmptyState";

/** What stands at an address where nothing is. */
export function NothingHere() {
  return (
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
  );
}
