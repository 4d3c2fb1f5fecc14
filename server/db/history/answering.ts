import type { FromWorker, Queries, QueryName, ToWorker } from "./messages";

type Answers<Q extends QueryName> = {
  [N in Q]: (ask: Queries[N]["ask"]) => Queries[N]["answer"] | Promise<Queries[N]["answer"]>;
};

/** Answers the questions that a thread is for; what fails is told with its reason. */
export function answering<Q extends QueryName>(answers: Answers<Q>, say: (message: FromWorker) => void) {
  return async ({ query, name, ask }: Extract<ToWorker, { type: "query" }>): Promise<void> => {
    try {
      // The table's key and the question's come from one message, which TypeScript cannot see.
      const reply = answers[name as Q] as ((ask: unknown) => Queries[QueryName]["answer"]) | undefined;
      if (!reply) throw new Error(`this thread does not answer ${name}`);
      say({ type: "answer", query, answer: await reply(ask) });
    } catch (error) {
      say({ type: "failed", query, reason: (error as Error).message });
    }
  };
}
