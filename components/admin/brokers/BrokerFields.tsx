"use client";

import { Disclosure } from "@/components/ui/Disclosure";
import { Checkbox, Field, TextArea, TextInput } from "@/components/ui/Field";
import type { BrokerOut } from "@/lib/api";
import { t } from "@/lib/texts/t";
import { errorUnder, type FieldErrors } from "../fieldErrors";
import { type BrokerDraft, isMoved, usesTls } from "./brokerDraft";
import { SecretField } from "./SecretField";

export interface BrokerFieldsProps {
  draft: BrokerDraft;
  initial: BrokerOut | undefined;
  errors: FieldErrors;
  readOnly: boolean;
  set: (fields: Partial<BrokerDraft>) => void;
}

type TextField = "id" | "name" | "url" | "otherUrls" | "username" | "clientId" | "ca" | "cert";

/** What all text fields have in common. */
const bind = ({ draft, readOnly, set }: BrokerFieldsProps, field: TextField) => ({
  value: draft[field],
  readOnly,
  autoComplete: "off",
  autoCapitalize: "none",
  spellCheck: false,
  onChange: (event: { target: { value: string } }) => set({ [field]: event.target.value }),
});

/** Where the broker is, who signs in there, and what it is called. */
export function ConnectionFields(props: BrokerFieldsProps) {
  const { draft, initial, errors, readOnly, set } = props;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        label={t("brokers.addressUrl")}
        required
        error={errors.get("/url")}
        hint={t("brokers.urlHint")}
        className="col-span-full"
      >
        <TextInput
          {...bind(props, "url")}
          mono
          type="url" // not a text: an address
          placeholder="mqtt://192.168.1.20:1883"
        />
      </Field>
      <Field label={t("brokers.userName")} error={errors.get("/username")} hint={t("brokers.userNameHint")}>
        <TextInput {...bind(props, "username")} />
      </Field>
      <SecretField
        label={t("brokers.password")}
        value={draft.password}
        isSet={initial?.has.password ?? false}
        mustReenter={initial !== undefined && isMoved(initial, draft)}
        error={errors.get("/password")}
        hint={t("brokers.secretHint")}
        readOnly={readOnly}
        onChange={(password) => set({ password })}
      />
      <Field label={t("brokers.name")} error={errors.get("/name")} hint={t("brokers.nameHint")}>
        <TextInput {...bind(props, "name")} placeholder={t("brokers.nameExample")} />
      </Field>
      <Field
        label={t("brokers.id")}
        required
        error={errors.get("/id")}
        hint={initial ? t("brokers.idFixed") : t("brokers.idHint")}
      >
        <TextInput
          {...bind(props, "id")}
          mono
          readOnly={readOnly || initial !== undefined}
          onChange={(event) => set({ id: event.target.value, idTouched: event.target.value !== "" })}
        />
      </Field>
    </div>
  );
}

/** The other members of a cluster: closed for most, who have one broker. */
export function OtherAddresses(props: BrokerFieldsProps) {
  const { initial, errors } = props;
  return (
    <Disclosure
      summary={t("brokers.moreAddresses")}
      defaultOpen={initial?.broker.otherUrls !== undefined}
      className="mt-4"
    >
      <Field label={t("brokers.otherUrls")} error={errorUnder(errors, "/otherUrls")} hint={t("brokers.otherUrlsHint")}>
        <TextArea {...bind(props, "otherUrls")} mono rows={3} placeholder={OTHER_URLS_EXAMPLE} />
      </Field>
    </Disclosure>
  );
}

const OTHER_URLS_EXAMPLE = "mqtt://192.168.1.21:1883\nmqtt://192.168.1.22:1883";
const PEM_EXAMPLE = "-----BEGIN CERTIFICATE-----";

/** Certificates and client id: open where the address needs them. */
export function CertificateFields(props: BrokerFieldsProps) {
  const { draft, initial, errors, readOnly, set } = props;
  const tls = usesTls(draft);
  const pem = { rows: 3, mono: true, placeholder: PEM_EXAMPLE };
  return (
    <Disclosure
      key={tls ? "tls" : "plain"}
      summary={t("brokers.certificatesClientId")}
      note={tls ? t("brokers.forTls") : undefined}
      className="mt-4"
    >
      <div className="grid gap-4">
        <Field label={t("brokers.caCertificate")} error={errors.get("/ca")} hint={t("brokers.caHint")}>
          <TextArea {...bind(props, "ca")} {...pem} />
        </Field>
        <Field label={t("brokers.clientCertificate")} error={errors.get("/cert")} hint={t("brokers.certificateHint")}>
          <TextArea {...bind(props, "cert")} {...pem} />
        </Field>
        <SecretField
          label={t("brokers.clientKey")}
          long
          value={draft.key}
          isSet={initial?.has.key ?? false}
          mustReenter={initial !== undefined && isMoved(initial, draft)}
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
          <TextInput {...bind(props, "clientId")} mono />
        </Field>
      </div>
    </Disclosure>
  );
}
