import type { Client } from 'pg';

/** A node of a plan, as EXPLAIN (FORMAT JSON) has it; the keys used here. */
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** How the database has answered: the plans of a statement and of everything that ran inside its functions. */
export interface Ways {
  /** `Seq Scan on tickets`, `Index Only Scan using ticket_contacts_order`, `Bitmap Index Scan using …`. */
  readonly scans: readonly string[];
  /** Conditions that were answered by first collecting all that a contact sees. */
  readonly hashed: readonly string[];
  /** Rows that were looked at, found or not. */
  readonly rows: number;
}

/**
 * Makes a superuser's session tell the plans of what it runs from here on, those inside functions too, and makes it
 * `portico_app`, for which row level security holds as for the server.
 */
export async function beginTelling(client: Client): Promise<{ take(): Ways }> {
  await client.query(`LOAD 'auto_explain';
    SET auto_explain.log_min_duration = 0; SET auto_explain.log_nested_statements = on; SET auto_explain.log_format = json;
    SET auto_explain.log_analyze = on; SET auto_explain.log_timing = off; SET client_min_messages = log;
    SET SESSION AUTHORIZATION portico_app`);
  let nodes: PlanNode[] = [];
  client.on('notice', ({ message = '' }) => {
    const at = message.indexOf('plan:\n');
    if (at < 0) return;
    const { Plan: plan } = JSON.parse(message.slice(at + 'plan:\n'.length)) as { Plan: PlanNode };
    nodes.push(...withDescendants(plan));
  });
  return {
    take() {
      const taken = nodes;
      nodes = [];
      return describe(taken);
    },
  };
}

const withDescendants = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(withDescendants)];

function describe(nodes: readonly PlanNode[]): Ways {
  const scanning = nodes.filter(
    (node) => node['Node Type'].endsWith('Scan') && (node['Relation Name'] ?? node['Index Name']),
  );
  const rowsOf = (node: PlanNode) =>
    (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
  return {
    scans: scanning.map((node) =>
      node['Index Name']
        ? `${node['Node Type']} using ${node['Index Name']}`
        : `${node['Node Type']} on ${node['Relation Name']}`,
    ),
    hashed: nodes.flatMap((node) =>
      Object.values(node).filter(
        (value): value is string => typeof value === 'string' && value.includes('hashed SubPlan'),
      ),
    ),
    rows: scanning.reduce((sum, node) => sum + rowsOf(node), 0),
  };
}
