import { ChartFrame } from "@/ui/chart-frame";
import { DataTable, type Column } from "@/ui/data-table";
import { LineChart } from "@/ui/line-chart";
import { SOLD, WEEKS } from "./samples";
import { Specimen } from "./specimen";

type Row = { week: string; place: number };
const ROWS: Row[] = WEEKS.map((week, place) => ({ week, place }));
const COLUMNS: Column<Row>[] = [
  { title: "Week", cell: ({ week }) => week },
  ...SOLD.map(({ name, values }) => ({
    title: name,
    cell: ({ place }: Row) => values[place],
    isNumber: true,
  })),
];
const keyOf = ({ week }: Row) => week;

export function Numbers() {
  return (
    <>
      <Specimen title="Table">
        <DataTable caption="Sold in six weeks" columns={COLUMNS} rows={ROWS} keyOf={keyOf} />
      </Specimen>
      <Specimen title="Table, dense">
        <div className="dense">
          <DataTable caption="Sold in six weeks, dense" columns={COLUMNS} rows={ROWS} keyOf={keyOf} />
        </div>
      </Specimen>
      <Specimen title="Chart">
        <ChartFrame
          title="Sold per week"
          sentence="Cameras rose from 12 to 31 while phones fell from 30 to 19."
          basis="322 units of three kinds, six weeks; example numbers."
          chart={<LineChart series={SOLD} />}
          table={<DataTable caption="Sold per week" columns={COLUMNS} rows={ROWS} keyOf={keyOf} />}
        />
      </Specimen>
    </>
  );
}
