/**
 * Sentences in lib/ and server/ that stand in the code: what is said to people there is a key with arguments (lib/texts/said.ts). Told by
 * their shape: three words or more that are mostly plain, outside of logs, errors and descriptions of schemas. A single word or two are
 * not told from an id.
 */

/** Who reads what is written there: nobody on a page. */
const READ_ELSEWHERE = [
  [/[eE]xamples\.ts$/, "data of tests and documentation"],
  [/[cC]ontract\.ts$/, "names of tests"],
  [/^server\/(testing|faults)\//, "tests"],
  [/^lib\/texts\//, "the catalogue itself"],
  [/^lib\/api\//, "OpenAPI: programs and their authors"],
  [/^server\/http\/(docs|metrics|openApi)\.ts$/, "OpenAPI and metrics: programs and their authors"],
  [/^lib\/discovery\//, "names that devices are registered with, and templates"],
  [/^server\/demo\//, "names of the demo house"],
  [/^server\/move\//, "what npm run move says in the terminal"],
  [/^server\/config\.ts$/, "the environment's faults, on standard error"],
  [/^server\/(db\/|files\/secretBox\.ts$)/, "SQL, and why Telltale does not start, on standard error"],
];

const PLAIN_WORD = /^[(“"'’]?\p{L}[\p{L}’'-]*[)”"'’]?[.,;:?!…]*$/u;
const SQL = /\b(SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA|BEGIN|WHERE|ORDER BY)\b/;

/** Whether it can be nothing but words for people. */
function isSentence(text) {
  const words = text.trim().split(/\s+/);
  return (
    words.length >= 3 && !SQL.test(text) && words.filter((word) => PLAIN_WORD.test(word)).length > words.length / 2
  );
}

/** Sentences of lib/ and server/ that are in no catalogue. */
export function sentenceFaults(sources) {
  const faults = [];
  for (const [path, { literals }] of sources) {
    if (!/^(lib|server)\//.test(path) || READ_ELSEWHERE.some(([where]) => where.test(path))) continue;
    for (const { line, text } of literals)
      if (isSentence(text))
        faults.push(
          `${path}:${line}: "${text.trim().replace(/\s+/g, " ")}" would be English for every reader: put it into messages/en.json and write say("namespace.name"); or, above it, // not a text: why`,
        );
  }
  return faults;
}
