/** The titles of a table's columns. On a phone, where a row is a block, only screen readers have them. */
export function TableHead({ titles }: { titles: readonly string[] }) {
  return (
    <thead className="text-sm text-ink-2 max-md:sr-only">
      <tr className="border-b border-line">
        {titles.map((title) => (
          <th key={title} scope="col" className="px-4 py-2 font-medium">
            {title}
          </th>
        ))}
      </tr>
    </thead>
  );
}
