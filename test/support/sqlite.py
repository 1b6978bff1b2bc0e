"""Runs SQL for a test: a JSON list of [sql, values] a line, in one transaction; answers with the rows of each."""
import base64, json, sqlite3, sys

database = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=10)
plain = lambda value: base64.b64encode(value).decode() if isinstance(value, bytes) else value
taken = lambda value: base64.b64decode(value["base64"]) if isinstance(value, dict) else value
for line in sys.stdin:
    database.execute("BEGIN IMMEDIATE")
    try:
        rows = [[[plain(value) for value in row] for row in database.execute(sql, [taken(value) for value in values])]
            for sql, values in json.loads(line)]
        database.execute("COMMIT")
        answer = {"rows": rows}
    except sqlite3.Error as error:
        database.execute("ROLLBACK")
        answer = {"error": str(error)}
    print(json.dumps(answer), flush=True)
