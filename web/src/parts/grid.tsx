/** A table as the report has it: shapes and words say what tones say. */
import type { GridCell, GridValues } from "../hold-data.ts";

export function Grid({ grid, name }: { grid: GridValues; name: string }) {
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-label={grid.caption || name}>
        <table class="grid">
          {grid.caption && <caption>{grid.caption}</caption>}
          <thead>
            <tr>
              {grid.columns.map((each) => (
                <th scope="col" class={each.numeric ? "figure" : undefined}>
                  {each.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {grid.rows.map(([first, ...others]) => (
              <tr>
                <th scope="row">{first && <Cell cell={first} />}</th>
                {others.map((each, at) => (
                  <td class={grid.columns[at + 1]?.numeric ? "figure" : undefined}>
                    <Cell cell={each} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {grid.note && <p class="quiet">{grid.note}</p>}
    </>
  );
}

/** A bar of blocks tells nothing to those who hear it. */
const DRAWN = /^[█░]+$/;

function Cell({ cell }: { cell: GridCell }) {
  return (
    <>
      {cell.shape ? (
        <span class={`badge ${cell.tone ?? ""}`}>
          <span aria-hidden="true">{cell.shape}</span> {cell.text}
        </span>
      ) : (
        cell.text
      )}
      {cell.small && (
        <small class="quiet" aria-hidden={DRAWN.test(cell.small) ? "true" : undefined}>
          {cell.small}
        </small>
      )}
    </>
  );
}
