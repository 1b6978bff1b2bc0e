"""A small help desk on SQLite, and the six endpoints by which Portico serves its customers. Python 3.11, no packages:

    DESK_KEY="whsec_$(openssl rand -base64 32)" DESK_DATABASE=desk.db DESK_PORT=4500 python3 desk.py
Tickets, messages and people are kept as openapi.json has them; a person's ref is their address. Support works in the
database, and gives a ticket that it changes the next number in `changed`."""
import base64, contextlib, hmac, json, os, sqlite3, time, uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY, DATABASE = base64.b64decode(os.environ["DESK_KEY"].removeprefix("whsec_")), os.environ["DESK_DATABASE"]
TABLES = """CREATE TABLE desk (doc); CREATE TABLE people (email PRIMARY KEY COLLATE NOCASE, doc);
CREATE TABLE tickets (ref PRIMARY KEY, number UNIQUE, changed UNIQUE, doc); CREATE TABLE writes (id PRIMARY KEY, ref);
CREATE TABLE messages (ref PRIMARY KEY, ticket, internal, doc); CREATE TABLE files (ref PRIMARY KEY, message, bytes);
INSERT INTO desk VALUES ('{"inboxes": [{"ref": "support", "name": "Support"}], "statuses": [
  {"id": "open", "category": "open", "label": {"en": "Open"}},
  {"id": "solved", "category": "closed", "label": {"en": "Solved"}}]}')"""

class Desk(sqlite3.Connection):
    def docs(self, sql, *values): return [json.loads(row[0]) for row in self.execute(sql, values)]
    def doc(self, sql, *values): return next(iter(self.docs(sql, *values)), None)
    def on_desk(self, ask, id): return self.doc("SELECT doc FROM desk")
    def on_changes(self, ask, id):
        sql = "SELECT ref, changed FROM tickets WHERE changed > ? ORDER BY changed LIMIT 100"
        page = [{"ref": row[0], "stamp": str(row[1])} for row in self.execute(sql, [int(ask["cursor"] or 0)])]
        last = (page or [{"stamp": ask["cursor"] or "0"}])[-1]
        return {"tickets": page, "cursor": last["stamp"], "more": len(page) == 100}
    def on_ticket(self, ask, id):
        public = self.docs("SELECT doc FROM messages WHERE ticket = ? AND NOT internal ORDER BY rowid", ask["ref"])
        return {"ticket": self.doc("SELECT doc FROM tickets WHERE ref = ?", ask["ref"]), "messages": public}
    def on_contact(self, ask, id):
        return self.doc("SELECT doc FROM people WHERE email = ?", ask["email"]) or {"contact": None, "companies": []}
    def on_file(self, ask, id):
        return (self.execute("""SELECT bytes FROM files f JOIN messages m ON m.ref = f.message AND NOT m.internal
            WHERE m.ticket = ? AND f.ref = ?""", [ask["ticket"], ask["file"]]).fetchone() or [None])[0]
    def on_write(self, ask, id):
        for row in self.execute("SELECT ref FROM writes WHERE id = ?", [id]): return {"ref": row[0]}  # It was written.
        sql = "SELECT strftime('%Y-%m-%dT%H:%M:%fZ'), coalesce(max(number), 0) + 1 FROM tickets"
        at, number = self.execute(sql).fetchone()
        ref, me = str(uuid.uuid4()), {"ref": ask["by"]["email"].lower(), **ask["by"]}
        open = [status["id"] for status in self.on_desk(ask, id)["statuses"] if status["category"] == "open"]
        if ask["kind"] == "ticket":
            ticket = {"ref": ref, "number": number, "status": open[0], "createdAt": at, "requester": me,
                "participants": [], "companies": self.on_contact(ask["by"], id)["companies"][:1],
                **{key: ask[key] for key in ("inbox", "subject", "properties")}}
        elif not (ticket := self.doc("SELECT doc FROM tickets WHERE ref = ?", ask["ticket"])): return None  # Gone.
        files = [(str(uuid.uuid4()), base64.b64decode(file.pop("base64")), file) for file in ask.get("files", [])]
        self.executemany("INSERT INTO files VALUES (?, ?, ?)", [(name, ref, data) for name, data, _ in files])
        def add(ref, **event): self.execute("INSERT INTO messages VALUES (?, ?, 0, ?)", [ref, ticket["ref"],
            json.dumps({"ref": ref, "at": at, "side": "contact", "author": me, **event})])
        if "text" in ask: add(ref, kind="message", text=ask["text"],
            files=[{"ref": name, "size": len(data), **file} for name, data, file in files])
        status = ask.get("status") or (ticket["status"] if ticket["status"] in open else open[-1])
        if status != ticket["status"]: add(str(uuid.uuid4()), kind="status", **{"from": ticket["status"], "to": status})
        ticket |= {"status": status, "participants": ticket["participants"] + ([me] if ask.get("joins") else [])}
        self.execute("REPLACE INTO tickets VALUES (?, ?, (SELECT coalesce(max(changed), 0) + 1 FROM tickets), ?)",
            [ticket["ref"], ticket["number"], json.dumps(ticket)])
        self.execute("INSERT INTO writes VALUES (?, ?)", [id, ref])
        return {"ref": ref}

class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        id, sent, given = (self.headers.get("webhook-" + name, "") for name in ("id", "timestamp", "signature"))
        right = b"v1," + base64.b64encode(hmac.digest(KEY, f"{id}.{sent}.".encode() + body, "sha256"))
        genuine = any(hmac.compare_digest(right, one.encode()) for one in given.split())
        if not genuine or abs(time.time() - int(sent)) > 300: return self.send_error(401)
        ask = json.loads(body)
        with contextlib.closing(sqlite3.connect(DATABASE, factory=Desk, timeout=10)) as desk, desk:
            if self.path != "/" + ask["type"] or not hasattr(desk, "on_" + ask["type"]): return self.send_error(400)
            desk.execute("BEGIN IMMEDIATE")
            found = getattr(desk, "on_" + ask["type"])(ask, id)
        if found is None: return self.send_error(409 if self.path == "/write" else 404)
        self.send_response(200)
        self.send_header("content-length", len(body := found if type(found) is bytes else json.dumps(found).encode()))
        self.end_headers()
        self.wfile.write(body)

if not os.path.exists(DATABASE): sqlite3.connect(DATABASE).executescript(TABLES)
server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("DESK_PORT", "4500"))), Handler)
print(f"http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
