/** Every tile of a dashboard, in reading order. */
export const tilesIn = <T>({ sections }: { sections: readonly { tiles: readonly T[] }[] }): T[] =>
  sections.flatMap(({ tiles }) => tiles);
