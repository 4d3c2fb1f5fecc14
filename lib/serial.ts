/** Runs one piece of work at a time, in the order in which they were given. */
export type Serial = <T>(work: () => Promise<T>) => Promise<T>;

/** Each piece sees what the one before it has written. One that fails rejects for its caller; the next one runs all the same. */
export function createSerial(): Serial {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}
