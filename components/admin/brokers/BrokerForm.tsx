"use client";

import { useRef, useState } from "react";
import { type ApiProblem, call, changedMeanwhile } from "@/components/api";
import { Card } from "@/components/kit/Card";
import { Banner } from "@/components/ui/Banner";
import { Button } from "@/components/ui/Button";
import { ButtonLink } from "@/components/ui/ButtonLink";
import { ChangedBanner } from "@/components/ui/ChangedBanner";
import { Disclosure } from "@/components/ui/Disclosure";
import { Checkbox, Field, TextArea, TextInput } from "@/components/ui/Field";
import { useUnsaved } from "@/components/ui/useLeaveGuard";
import type { BrokerOut, BrokerTest } from "@/lib/api";
import type { Broker } from "@/lib/broker";
import { changedFields } from "@/lib/changedFields";
import { t } from "@/lib/texts/t";
import { errorsOf, type FieldErrors } from "../fieldErrors";
import { focusFirstFault } from "../focusFault";
import { readOnlyReason } from "../OriginBadge";
import {
  type BrokerDraft,
  emptyBroker,
  fromBroker,
  isEncrypted,
  isMoved,
  proposeBrokerId,
  toBroker,
} from "./brokerDraft";
import { SecretField } from "./SecretField";
import { TestResult } from "./TestResult";

const NONE: FieldErrors = new Map();

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
  const [draft, setDraft] = useState<BrokerDraft>(
    initial ? fromBroker(initial) : { ...emptyBroker, id: proposeBrokerId(emptyBroker, taken) },
  );
  const [errors, setErrors] = useState<FieldErrors>(NONE);
  const [problem, setProblem] = useState<ApiProblem>();
  const [tested, setTested] = useState<BrokerTest>();
  const [busy, setBusy] = useState<"testing" | "saving">();
  const unsaved = useUnsaved();
  const form = useRef<HTMLFormElement>(null);
  const locked = initial && readOnlyReason(initial.origin);
  const readOnly = locked !== undefined;

  const set = (fields: Partial<BrokerDraft>) => {
    unsaved.touch();
    setTested(undefined);
    setDraft((old) => {
      const next = { ...old, ...fields };
      return next.idTouched ? next : { ...next, id: proposeBrokerId(next, taken) };
    });
  };

  /** The broker in the form if it is valid; otherwise its errors are shown. */
  const checked = () => {
    const result = toBroker(draft);
    setProblem(undefined);
    setErrors(result.ok ? NONE : result.errors);
    if (!result.ok) focusFirstFault(form);
    return result.ok ? result.broker : undefined;
  };

  const refuse = (refused: ApiProblem) => {
    setErrors(errorsOf(refused.fields));
    setProblem(refused);
    if (refused.fields.length > 0) focusFirstFault(form);
  };

  const test = async () => {
    const broker = checked();
    if (!broker) return;
    setTested(undefined);
    setBusy("testing");
    const answer = await call("POST /brokers/test", { body: broker });
    setBusy(undefined);
    if (answer.ok) setTested(answer.value);
    else refuse(answer.problem);
  };

  const save = async (version: number) => {
    const broker = checked();
    if (!broker) return;
    setBusy("saving");
    // A new broker has no secret to keep or remove, so null means not set.
    const { password, key, ...open } = broker;
    const created: Broker = { ...open, password: password ?? undefined, key: key ?? undefined };
    const answer = initial
      ? await call("PUT /brokers/{id}", { params: { id: initial.broker.id }, body: broker, version })
      : await call("POST /brokers", { body: created });
    setBusy(undefined);
    if (!answer.ok) return refuse(answer.problem);
    await unsaved.saved();
    onSaved(answer.value);
  };
  const theirs = changedMeanwhile<BrokerOut>(problem);

  const moved = initial !== undefined && isMoved(initial, draft);
  const input = (field: "id" | "name" | "url" | "username" | "clientId") => ({
    value: draft[field],
    readOnly,
    autoComplete: "off",
    autoCapitalize: "none",
    spellCheck: false,
    onChange: (event: { target: { value: string } }) => set({ [field]: event.target.value }),
  });
  const pem = (field: "ca" | "cert") => ({
    value: draft[field],
    readOnly,
    rows: 3,
    mono: true,
    placeholder: "-----BEGIN CERTIFICATE-----",
    onChange: (event: { target: { value: string } }) => set({ [field]: event.target.value }),
  });

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
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label={t("brokers.addressUrl")}
            required
            error={errors.get("/url")}
            hint={t("brokers.urlHint")}
            className="col-span-full"
          >
            <TextInput
              {...input("url")}
              mono
              type="url" // not a text: an address
              placeholder="mqtt://192.168.1.20:1883"
            />
          </Field>
          <Field label={t("brokers.userName")} error={errors.get("/username")} hint={t("brokers.userNameHint")}>
            <TextInput {...input("username")} />
          </Field>
          <SecretField
            label={t("brokers.password")}
            value={draft.password}
            isSet={initial?.has.password ?? false}
            mustReenter={moved}
            error={errors.get("/password")}
            hint={t("brokers.secretHint")}
            readOnly={readOnly}
            onChange={(password) => set({ password })}
          />
          <Field label={t("brokers.name")} error={errors.get("/name")} hint={t("brokers.nameHint")}>
            <TextInput {...input("name")} placeholder={t("brokers.nameExample")} />
          </Field>
          <Field
            label={t("brokers.id")}
            required
            error={errors.get("/id")}
            hint={initial ? t("brokers.idFixed") : t("brokers.idHint")}
          >
            <TextInput
              {...input("id")}
              mono
              readOnly={readOnly || initial !== undefined}
              onChange={(event) => set({ id: event.target.value, idTouched: event.target.value !== "" })}
            />
          </Field>
        </div>
        <Disclosure
          key={isEncrypted(draft.url) ? "tls" : "plain"}
          summary={t("brokers.certificatesClientId")}
          note={isEncrypted(draft.url) ? t("brokers.forTls") : undefined}
          className="mt-4"
        >
          <div className="grid gap-4">
            <Field label={t("brokers.caCertificate")} error={errors.get("/ca")} hint={t("brokers.caHint")}>
              <TextArea {...pem("ca")} />
            </Field>
            <Field
              label={t("brokers.clientCertificate")}
              error={errors.get("/cert")}
              hint={t("brokers.certificateHint")}
            >
              <TextArea {...pem("cert")} />
            </Field>
            <SecretField
              label={t("brokers.clientKey")}
              long
              value={draft.key}
              isSet={initial?.has.key ?? false}
              mustReenter={moved}
              error={errors.get("/key")}
              hint={t("brokers.keyHint")}
              readOnly={readOnly}
              onChange={(key) => set({ key })}
            />
            <Checkbox
              label={t("brokers.checkCertificate")}
              hint={t("brokers.checkHint")}
              checked={draft.verify}
              disabled={readOnly}
              onChange={(event) => set({ verify: event.target.checked })}
            />
            <Field label={t("brokers.clientId")} error={errors.get("/clientId")} hint={t("brokers.clientIdHint")}>
              <TextInput {...input("clientId")} mono />
            </Field>
          </div>
        </Disclosure>
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
