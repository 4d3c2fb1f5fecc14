"use client";

import { useRouter } from "next/navigation";
import { useEffect, useMemo, useState } from "react";
import { type ApiProblem, call, listRegistrations } from "@/components/api";
import { dashboardPath } from "@/components/kit/paths";
import { useReader } from "@/components/kit/reader";
import { Banner } from "@/components/ui/Banner";
import { Button } from "@/components/ui/Button";
import { ButtonLink } from "@/components/ui/ButtonLink";
import { Dialog } from "@/components/ui/Dialog";
import { Field, NativeSelect, TextInput } from "@/components/ui/Field";
import { rich } from "@/components/ui/rich";
import { Segmented } from "@/components/ui/Segmented";
import { Loading } from "@/components/ui/Spinner";
import { toast } from "@/components/ui/toasts";
import { useUnsaved } from "@/components/ui/useLeaveGuard";
import type { DashboardOut, RegistrationOut } from "@/lib/api";
import { compileRegistration } from "@/lib/compile";
import { visibleText } from "@/lib/explorer/payload";
import { fieldsOf, type Proposal, proposeRegistrations } from "@/lib/explorer/propose";
import type { Field as ShapeField } from "@/lib/explorer/shape";
import type { ExplorerMessage, ExplorerSibling } from "@/lib/explorer/wire";
import { bytesOf, understand } from "@/lib/previewDecode";
import { inWords } from "@/lib/texts/said";
import { type PlainKey, t } from "@/lib/texts/t";
import { filterMatches } from "@/lib/topics/match";
import { type FormatOptions, formatValue } from "@/lib/units/format";
import type { ExplorerLink } from "./explorerLink";
import { keep, pointsOfProposal, type TileDestination } from "./keep";

interface MakeTileProps {
  topic: string;
  messages: readonly ExplorerMessage[];
  /** The JSONPaths that were picked; none: the proposed ones. */
  fields: ReadonlySet<string>;
  link: ExplorerLink;
  onClose: () => void;
}

interface Known {
  siblings: ExplorerSibling[];
  registrations: RegistrationOut[];
  dashboards: DashboardOut[];
}

const LABELS: Record<Proposal["kind"], (covered: number) => string> = {
  topic: () => t("explorer.onlyTopic"),
  wildcard: (covered) => t("explorer.allAlikeTopics", { covered }),
  place: () => t("explorer.itsLocation"),
};

/** Options beside the existing dashboards: no slug starts with a sign. */
const FIELD_TYPES: Record<ShapeField["type"], PlainKey> = {
  number: "explorer.fieldNumber",
  boolean: "explorer.fieldBoolean",
  text: "explorer.fieldText",
};

const NEW = "+";
const NOWHERE = "";

/** Dashboards from telltale.yaml are changed there, and those of the demo house are removed with it. */
const mayChange = ({ origin }: DashboardOut): boolean => origin === "store";

/** Proposes how to register a topic. The person can adjust the proposal, save it, and put it on a dashboard. */
export default function MakeTile(props: MakeTileProps) {
  const { topic, link, onClose } = props;
  // The messages at the moment of opening: the proposal must not change while the person edits it.
  const [messages] = useState(() =>
    props.messages.filter((m) => m.bytes > 0 && bytesOf(m.payload).length === m.bytes).slice(-10),
  );
  const [known, setKnown] = useState<Known>();
  const [problem, setProblem] = useState<ApiProblem>();

  useEffect(() => {
    let gone = false;
    void Promise.all([link.siblings(topic), listRegistrations(), call("GET /dashboards")]).then(
      ([siblings, registrations, dashboards]) => {
        if (gone) return;
        if (!registrations.ok) setProblem(registrations.problem);
        else if (!dashboards.ok) setProblem(dashboards.problem);
        else setKnown({ siblings, registrations: registrations.value, dashboards: dashboards.value.filter(mayChange) });
      },
    );
    return () => {
      gone = true;
    };
  }, [link, topic]);

  if (known) return <ChooseTile {...props} messages={messages} known={known} />;
  return (
    <Dialog open onClose={onClose} title={t("explorer.makeTile")}>
      {problem ? <Banner tone="critical">{problem.message}</Banner> : <Loading>{t("explorer.loadingTopic")}</Loading>}
    </Dialog>
  );
}

export function ChooseTile({
  topic,
  messages,
  fields: picked,
  link,
  onClose,
  known,
}: MakeTileProps & { known: Known }) {
  const router = useRouter();
  const samples = useMemo(() => messages.map(({ payload }) => bytesOf(payload)), [messages]);
  const fields = useMemo(() => fieldsOf(samples, topic), [samples, topic]);
  const [wanted, setWanted] = useState(picked.size > 0 ? picked : undefined);
  const [kind, setKind] = useState<Proposal["kind"]>();
  const [name, setName] = useState<string>();
  const [dashboard, setDashboard] = useState<string>(known.dashboards[0]?.slug ?? NEW);
  const [title, setTitle] = useState<string>(t("explorer.overview"));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const unsaved = useUnsaved();

  const proposals = useMemo(() => {
    const siblings = known.siblings.map(({ topic: other, head, bytes }) => ({
      topic: other,
      head: bytesOf(head),
      bytes,
    }));
    const taken = new Set(known.registrations.map(({ registration }) => registration.id as string));
    const broker = link.otherBroker();
    return proposeRegistrations(topic, samples, siblings, { taken, broker, ...(wanted && { fields: wanted }) });
  }, [topic, samples, known, wanted, link]);
  const proposal = proposals.find((one) => one.kind === kind) ?? proposals[0];
  const registration = proposal && { ...proposal.registration, name: name ?? proposal.registration.name };
  const already = known.registrations.find(
    ({ registration: r }) => r.filter !== undefined && filterMatches(r.filter, topic),
  );

  const save = async () => {
    if (!proposal || !registration) return;
    const place: TileDestination =
      dashboard === NOWHERE ? undefined : dashboard === NEW ? { title: title.trim() } : { slug: dashboard };
    setBusy(true);
    const kept = await keep({ ...proposal, registration }, place);
    setBusy(false);
    if (!kept.ok) return setProblem(kept.problem);
    await unsaved.saved();
    toast(t("explorer.registeredLive", { name: registration.name ?? registration.id }));
    if (kept.slug === undefined) return onClose();
    // The server renders the navigation, which has a new dashboard now.
    if (dashboard === NEW) router.refresh();
    router.push(dashboardPath(kept.slug));
  };

  return (
    <Dialog
      open
      size="l"
      onClose={onClose}
      mayClose={unsaved.mayClose}
      title={t("explorer.makeTile")}
      description={<span className="break-all">{visibleText(topic)}</span>}
      footer={
        registration && (
          <>
            <ButtonLink
              href={`/admin/topics/new?draft=${encodeURIComponent(JSON.stringify(registration))}`}
              data-discard
              className="mr-auto"
            >
              {t("explorer.openForm")}
            </ButtonLink>
            <Button onClick={onClose}>{t("ui.cancel")}</Button>
            <Button
              variant="primary"
              busy={busy}
              disabled={dashboard === NEW && title.trim() === ""}
              onClick={() => void save()}
            >
              {dashboard === NOWHERE ? t("explorer.register") : t("explorer.registerAdd")}
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-4" onInput={unsaved.touch}>
        {already && (
          <Banner>
            {t("explorer.alreadyRegistered", {
              visible: visibleText(already.registration.name ?? already.registration.id),
            })}
          </Banner>
        )}
        {problem && (
          <Banner tone="critical" live>
            {problem.fields[0]?.detail ?? problem.message}
          </Banner>
        )}
        {registration && proposal ? (
          <>
            {proposals.length > 1 && (
              <Segmented
                label={t("explorer.whichTopics")}
                value={proposal.kind}
                onChange={setKind}
                options={proposals.map((one) => ({
                  value: one.kind,
                  label: LABELS[one.kind](one.covers.length),
                }))}
              />
            )}
            <Field
              label={t("explorer.name")}
              hint={
                proposal.kind === "wildcard"
                  ? t("explorer.readsFilter", { filter: registration.filter ?? "" })
                  : undefined
              }
            >
              <TextInput
                value={registration.name ?? ""}
                onChange={(event) => setName(event.target.value || undefined)}
              />
            </Field>
            {fields.length > 1 && <Fields fields={fields} proposal={proposal} onChange={setWanted} />}
            {registration.when !== undefined && (
              <p className="text-sm text-ink-2">
                {rich("explorer.onlyThisDevice", {
                  when: <code className="break-all">{visibleText(registration.when)}</code>,
                })}
              </p>
            )}
            <Points proposal={{ ...proposal, registration }} messages={messages} />
            <Field label={t("explorer.putOnDashboard")}>
              <NativeSelect
                value={dashboard}
                onChange={setDashboard}
                options={[
                  ...known.dashboards.map(({ slug, title }) => ({ value: slug as string, label: title })),
                  { value: NEW, label: t("explorer.newDashboard") },
                  { value: NOWHERE, label: t("explorer.noDashboard") },
                ]}
              />
            </Field>
            {dashboard === NEW && (
              <Field label={t("explorer.newDashboardTitle")} hint={t("explorer.newDashboardTitleHint")}>
                <TextInput value={title} maxLength={100} onChange={(event) => setTitle(event.target.value)} />
              </Field>
            )}
          </>
        ) : (
          <p className="text-ink-2">
            {messages.length === 0 ? t("explorer.previewCut") : t("explorer.noValue")}{" "}
            <ButtonLink
              size="s"
              href={`/admin/topics/new?draft=${encodeURIComponent(JSON.stringify({ filter: topic }))}`}
            >
              {t("explorer.openTheForm")}
            </ButtonLink>
          </p>
        )}
      </div>
    </Dialog>
  );
}

/** Selects the fields of the payload that become points. */
function Fields({
  fields,
  proposal: { registration },
  onChange,
}: {
  fields: readonly ShapeField[];
  proposal: Proposal;
  onChange: (paths: ReadonlySet<string>) => void;
}) {
  const chosen = new Set([registration.value, ...Object.values(registration.values ?? {}).map(({ value }) => value)]);
  const toggle = (path: string) => {
    const next = new Set(fields.map((field) => field.path).filter((one) => chosen.has(one) !== (one === path)));
    if (next.size > 0) onChange(next);
  };
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{t("explorer.fields")}</legend>
      <div className="flex max-h-40 flex-wrap gap-1.5 overflow-y-auto">
        {fields.map(({ path, type }) => (
          <label
            key={path}
            className="flex min-h-8 cursor-pointer items-center gap-2 rounded-control border border-line px-2.5 text-[13px] pointer-coarse:min-h-(--touch) has-checked:border-accent has-focus-visible:outline-2"
          >
            <input
              type="checkbox"
              className="accent-(--accent)"
              checked={chosen.has(path)}
              onChange={() => toggle(path)}
            />
            <code className="break-all">{visibleText(path)}</code>
            <span className="text-ink-3">{t(FIELD_TYPES[type])}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** The points of the proposal, each with its last value. */
function Points({ proposal, messages }: { proposal: Proposal; messages: readonly ExplorerMessage[] }) {
  const { locale } = useReader();
  const compiled = compileRegistration(proposal.registration);
  if (!compiled.ok) return <Banner tone="warning">{inWords(compiled.error.message)}</Banner>;
  const topic = proposal.covers[0] ?? "";
  const said = messages.flatMap((message) => understand(compiled.value, { ...message, topic }));
  const read = [...new Map(said.map((one) => [one.point, one])).values()];
  const points = pointsOfProposal(proposal);
  const others = points.length - read.length;
  return (
    <ul aria-label={t("explorer.points")} className="flex flex-col gap-1">
      {read.map((item) => (
        <li key={item.point} className="flex items-baseline gap-3 border-b border-line pb-1">
          <span className="min-w-0 flex-1 break-words">{visibleText(item.name)}</span>
          {item.ok && (
            <span className="font-figures tabular-nums">
              {sayShort(item, locale)} <span className="text-sm text-ink-2">{item.unit}</span>
            </span>
          )}
        </li>
      ))}
      {others > 0 && <li className="text-sm text-ink-2">{t("explorer.moreLikeThese", { others })}</li>}
    </ul>
  );
}

const sayShort = (
  {
    value,
    precision,
    words,
  }: {
    value: Parameters<typeof formatValue>[0];
    precision: number | undefined;
    words: FormatOptions["words"];
  },
  locale: string,
): string =>
  visibleText(formatValue(value, { precision, words, locale, unknown: t("kit.unknownValue") }).text).slice(0, 60);
