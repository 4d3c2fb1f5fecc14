"use client";

import { useRef } from "react";
import { Card } from "@/components/kit/Card";
import { Banner } from "@/components/ui/Banner";
import { Button } from "@/components/ui/Button";
import { ButtonLink } from "@/components/ui/ButtonLink";
import { ChangedBanner } from "@/components/ui/ChangedBanner";
import type { BrokerOut } from "@/lib/api";
import { changedFields } from "@/lib/changedFields";
import { t } from "@/lib/texts/t";
import { readOnlyReason } from "../OriginBadge";
import { CertificateFields, ConnectionFields, OtherAddresses } from "./BrokerFields";
import { TestResult } from "./TestResult";
import { useBrokerForm } from "./useBrokerForm";

/** The form of one broker, with a connection test. */
export function BrokerForm({
  initial,
  taken,
  onSaved,
  onReload,
}: {
  initial?: BrokerOut;
  taken: ReadonlySet<string>;
  onSaved: (saved: BrokerOut) => void;
  /** Reloads the form with the stored broker. */
  onReload: () => void;
}) {
  const form = useRef<HTMLFormElement>(null);
  const { draft, set, errors, problem, theirs, tested, busy, test, save } = useBrokerForm({
    initial,
    taken,
    form,
    onSaved,
  });
  const locked = initial && readOnlyReason(initial.origin);
  const fields = { draft, initial, errors, readOnly: locked !== undefined, set };
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save(initial?.version ?? 0);
      }}
      className="flex flex-col gap-4"
    >
      {locked && (
        <Banner>
          <strong>{t("admin.readOnlyLead")}</strong> {locked}
        </Banner>
      )}
      <Card title={t("brokers.connection")}>
        <ConnectionFields {...fields} />
        <OtherAddresses {...fields} />
        <CertificateFields {...fields} />
        {!draft.verify && (
          <Banner tone="warning" className="mt-4">
            {t("brokers.notCheckedWarning")}
          </Banner>
        )}
      </Card>
      {tested && <TestResult result={tested} />}
      {theirs && initial && (
        <ChangedBanner
          what={t("brokers.broker")}
          fields={changedFields(initial.broker, theirs.broker)}
          busy={busy === "saving"}
          onReload={onReload}
          onOverwrite={() => void save(theirs.version)}
        />
      )}
      {!theirs && problem && (
        <Banner tone="critical" live>
          {problem.message}
        </Banner>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={() => void test()} busy={busy === "testing"} disabled={busy === "saving"}>
          {busy === "testing" ? t("brokers.testing") : t("brokers.testConnection")}
        </Button>
        <span className="flex-1" />
        <ButtonLink href="/admin/brokers" variant="quiet" data-discard>
          {t("ui.cancel")}
        </ButtonLink>
        {!locked && (
          <Button type="submit" variant="primary" busy={busy === "saving"} disabled={busy === "testing"}>
            {t("brokers.save")}
          </Button>
        )}
      </div>
    </form>
  );
}
