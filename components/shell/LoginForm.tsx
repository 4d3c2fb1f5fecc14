"use client";

import { type FormEvent, useEffect, useRef, useState } from "react";
import { type ApiProblem, call } from "@/components/api";
import { lengthText } from "@/components/kit/lengthText";
import { Banner } from "@/components/ui/Banner";
import { Button } from "@/components/ui/Button";
import { Field, TextInput } from "@/components/ui/Field";
import { t } from "@/lib/texts/t";

/** Counts `seconds` down to 0, one a second. */
function useCountdown(seconds: number, run: unknown): number {
  const [left, setLeft] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `run` tells one wait from the next of the same length
  useEffect(() => {
    setLeft(seconds);
    if (seconds === 0) return;
    const end = performance.now() + seconds * 1000;
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((end - performance.now()) / 1000))), 500);
    return () => clearInterval(timer);
  }, [seconds, run]);
  return left;
}

/** Signs in and goes to `from`, a path that the page has checked. */
export function LoginForm({ from }: { from: string }) {
  const form = useRef<HTMLFormElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const wait = useCountdown(problem?.retryAfter ?? 0, problem);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    setBusy(true);
    const body = { username: String(data.get("username")).trim(), password: String(data.get("password")) };
    const answer = await call("POST /session", { body });
    // A new document, so that socket and shell start with the new session.
    if (answer.ok) return window.location.assign(from);
    setBusy(false);
    setProblem(answer.problem);
    form.current?.querySelector<HTMLInputElement>('[name="password"]')?.select();
  };

  return (
    <form ref={form} onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <Field label={t("shell.userName")}>
        <TextInput
          name="username"
          required
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          maxLength={100}
        />
      </Field>
      <Field label={t("shell.password")}>
        <TextInput name="password" type="password" required autoComplete="current-password" maxLength={200} />
      </Field>
      {problem && (problem.retryAfter === undefined || wait > 0) && (
        <Banner tone="critical" live>
          {/* The button counts down: here the time would not change, or would be announced each second. */}
          {problem.message.replace(/ Try again in \d+ s\.$/, "")}
        </Banner>
      )}
      <Button
        type="submit"
        variant={wait > 0 ? "secondary" : "primary"}
        busy={busy}
        disabled={wait > 0}
        // Not as pale as other disabled buttons, so that the countdown is readable.
        className="disabled:opacity-100"
      >
        {wait > 0 ? t("shell.signInWait", { length: lengthText(wait * 1000) }) : t("shell.signIn")}
      </Button>
    </form>
  );
}
