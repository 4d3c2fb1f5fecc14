"use client";

import { useState } from "react";
import { call } from "@/components/api";
import { Loaded } from "@/components/kit/Loaded";
import { Page } from "@/components/kit/Page";
import { roleText } from "@/components/kit/roleText";
import { useLoad } from "@/components/kit/useLoad";
import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { ConfirmDialog } from "@/components/ui/Dialog";
import { EmptyState } from "@/components/ui/EmptyState";
import { NativeSelect } from "@/components/ui/Field";
import { Icon } from "@/components/ui/icons";
import { Menu } from "@/components/ui/Menu";
import { toast } from "@/components/ui/toasts";
import type { Role } from "@/lib/access";
import type { UserOut } from "@/lib/api";
import { t } from "@/lib/texts/t";
import { AddPerson } from "./AddPerson";
import { ResetPassword } from "./ResetPassword";
import { ROLES } from "./roles";

type Asking = { what: "add" } | { what: "password" | "remove"; user: UserOut };

const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

const people = () => call("GET /users");

/** The accounts and their roles. `me`: the id of the signed-in admin. */
export function PeoplePage({ me }: { me: string }) {
  const [load, reload] = useLoad(people);
  const [asking, setAsking] = useState<Asking>();
  const close = () => setAsking(undefined);
  const done = () => {
    close();
    void reload();
  };

  const changeRole = async (user: UserOut, role: Role) => {
    const answer = await call("PATCH /users/{id}", { params: { id: user.id }, body: { role } });
    if (answer.ok) toast(t("people.roleChanged", { name: user.name, role: roleText(role) }));
    else toast(answer.problem.message, "critical");
    await reload();
  };

  return (
    <Page
      title={t("people.people")}
      actions={
        <Button variant="primary" onClick={() => setAsking({ what: "add" })}>
          <Icon name="plus" className="size-4" />
          {t("people.addPerson")}
        </Button>
      }
    >
      <Loaded load={load} reload={reload} what={t("people.thePeople")}>
        {(users) =>
          users.length === 0 ? (
            <EmptyState title={t("people.nobodyHereYet")}>{t("people.nobodyWhy")}</EmptyState>
          ) : (
            <ul
              aria-label={t("people.people")}
              className="divide-y divide-line rounded-tile border border-line bg-panel shadow-panel"
            >
              {users.map((user) => (
                <li key={user.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2.5 pr-2 pl-4">
                  <div className="min-w-0 flex-1 basis-40">
                    <p className="flex flex-wrap items-center gap-2 font-medium">
                      <span className="min-w-0 break-words">{user.name}</span>
                      {user.id === me && <Badge>{t("people.you")}</Badge>}
                    </p>
                    <p className="text-sm break-words text-ink-2">
                      {t("people.userNameSince", { username: user.username, createdAt: day.format(user.createdAt) })}
                    </p>
                  </div>
                  <div className="flex items-center gap-2">
                    <NativeSelect
                      aria-label={t("people.roleOf", { name: user.name })}
                      options={ROLES.map(({ value, label }) => ({ value, label: t(label) }))}
                      value={user.role}
                      disabled={user.id === me}
                      title={user.id === me ? t("people.ownRole") : undefined}
                      onChange={(role) => void changeRole(user, role)}
                      className="w-auto!"
                    />
                    <Menu
                      label={t("people.actions", { name: user.name })}
                      items={[
                        { label: t("people.setNewPassword"), onSelect: () => setAsking({ what: "password", user }) },
                        {
                          label: t("people.removeMenu"),
                          danger: true,
                          disabled: user.id === me ? t("people.notYourself") : undefined,
                          onSelect: () => setAsking({ what: "remove", user }),
                        },
                      ]}
                    >
                      <Icon name="more" />
                    </Menu>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <dl className="mt-5 grid max-w-2xl gap-x-6 gap-y-1 text-sm text-ink-2 sm:grid-cols-[auto_1fr]">
        {ROLES.map((role) => (
          <div key={role.value} className="contents">
            <dt className="font-medium text-ink">{t(role.label)}</dt>
            <dd>{t(role.may)}</dd>
          </div>
        ))}
      </dl>
      {asking?.what === "add" && <AddPerson onClose={close} onDone={done} />}
      {asking?.what === "password" && <ResetPassword user={asking.user} onClose={close} />}
      {asking?.what === "remove" && <RemovePerson user={asking.user} onClose={close} onDone={done} />}
    </Page>
  );
}

function RemovePerson({ user, onClose, onDone }: { user: UserOut; onClose: () => void; onDone: () => void }) {
  const [fault, setFault] = useState<string>();
  const remove = async () => {
    const answer = await call("DELETE /users/{id}", { params: { id: user.id } });
    if (!answer.ok) return setFault(answer.problem.message);
    toast(t("people.removed", { name: user.name }));
    onDone();
  };
  return (
    <ConfirmDialog
      open
      title={t("people.removeTitle", { name: user.name })}
      action={t("people.remove")}
      danger
      fault={fault}
      onCancel={onClose}
      onConfirm={remove}
    >
      {t("people.removeWhat", { username: user.username })}
    </ConfirmDialog>
  );
}
