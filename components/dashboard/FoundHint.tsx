"use client";

import { call } from "@/components/api";
import { devicesSaid } from "@/components/kit/counted";
import { useAddAllFound } from "@/components/kit/useAddAllFound";
import { useLoad } from "@/components/kit/useLoad";
import { Button } from "@/components/ui/Button";
import { ButtonLink } from "@/components/ui/ButtonLink";
import { EmptyState } from "@/components/ui/EmptyState";

const REFRESH_MS = 3000;
const discovery = () => call("GET /discovery");

/** An admin's empty page: the next step is what announced itself, else to register a topic. */
export function FoundHint() {
  const [load] = useLoad(discovery, REFRESH_MS);
  const [busy, addAll] = useAddAllFound();
  const waiting = load.state === "ready" ? load.value.found : 0;
  if (waiting === 0)
    return (
      <EmptyState
        title="No points yet"
        action={
          <ButtonLink variant="primary" href="/admin/topics/new">
            Register a topic
          </ButtonLink>
        }
      >
        Register a topic and its values appear here, live. The form shows what arrives while you type.
      </EmptyState>
    );
  return (
    <EmptyState
      title={`${devicesSaid(waiting)} announced ${waiting === 1 ? "itself" : "themselves"} on this broker`}
      action={
        <>
          <Button variant="primary" busy={busy} onClick={() => void addAll()}>
            Add all
          </Button>
          <ButtonLink href="/found">Choose</ButtonLink>
          <ButtonLink href="/admin/topics/new">Register a topic</ButtonLink>
        </>
      }
    >
      Add all, or choose: current values are shown before anything is stored.
    </EmptyState>
  );
}
