/** A table of texts; the first cell of each row names the row. */

interface Props {
  caption: string;
  columns: string[];
  rows: string[][];
  figures: number; //  from which column on cells are figures
}

export function Rows({ caption, columns, rows, figures }: Props) {
  const kind = (at: number): string | undefined => (at >= figures ? "figure" : undefined);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((each, at) => (
              <th scope="col" class={kind(at)}>
                {each}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first, ...others]) => (
            <tr>
              <th scope="row">{first}</th>
              {others.map((each, at) => (
                <td class={kind(at + 1)}>{each}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
