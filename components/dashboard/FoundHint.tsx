"use client";

import { useState } from "react";
import { call } from "@/components/api";
import { devicesSaid, pointsSaid } from "@/components/kit/counted";
import { useLoad } from "@/components/kit/useLoad";
import { Button } from "@/components/ui/Button";
import { ButtonLink } from "@/components/ui/ButtonLink";
import { EmptyState } from "@/components/ui/EmptyState";
import { toast } from "@/components/ui/toasts";

const REFRESH_MS = 3000;
const discovery = () => call("GET /discovery");

/** An admin's empty page: the next step is what announced itself, else to register a topic. */
export function FoundHint() {
  const [load] = useLoad(discovery, REFRESH_MS);
  const [busy, setBusy] = useState(false);
  const waiting = load.state === "ready" ? load.value.found : 0;
  async function addAll() {
    setBusy(true);
    const answer = await call("POST /found/keep-all");
    setBusy(false);
    if (answer.ok) toast(`${pointsSaid(answer.value.kept)} added`);
    else toast(answer.problem.message, "critical");
  }
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
