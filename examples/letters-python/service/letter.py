"""Writes a letter: POST /letter with {"name": …, "months": …} answers {"text": …}. Standard library only."""

import json
import os
import signal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer(200 if self.path == "/healthz" else 404, {"ok": self.path == "/healthz"})

    def do_POST(self):
        try:
            customer = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            text = f"Dear {customer['name']}, thank you for {customer['months']} months with us."
        except (ValueError, KeyError, TypeError) as error:
            self.answer(400, {"error": f"Send a JSON object with 'name' and 'months': {error!r}."})
            return
        self.answer(200, {"text": text, "instance": os.environ.get("FAIRLEAD_INSTANCE")})

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main():
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler)
    server.daemon_threads = True
    # SIGTERM ends the loop; requests under way are answered, since the host sends no new ones by then.
    signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(SystemExit(0)))
    print(f"listening on port {server.server_port}", flush=True)
    server.serve_forever()


main()
