"""A mail server that keeps what it gets: mail-server.py PORT MODE CERT KEY OUT, where MODE is starttls, tls or none."""
import asyncio, json, ssl, sys
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

port, mode, cert, key, out = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4], sys.argv[5]


class Keeper:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("gone"):
            return "550 no such person"
        if address.startswith("later"):
            return "451 not now"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if b"refuse-me" in envelope.content:
            return "554 not this one"
        with open(out, "a") as file:
            file.write(json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": session.ssl is not None or mode == "tls", "login": getattr(session, "login_name", None) or "", "text": envelope.content.decode("latin-1")}) + "\n")
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    right = isinstance(data, LoginPassword) and data.login == b"robot" and data.password == "pässword".encode()
    if right:
        session.login_name = data.login.decode()
    return AuthResult(success=right, handled=False)


context = None
if mode != "none":
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
options = dict(hostname="127.0.0.1", port=port, authenticator=authenticate)
if mode == "starttls":
    controller = Controller(Keeper(), tls_context=context, require_starttls=True, **options)
elif mode == "tls":
    controller = Controller(Keeper(), ssl_context=context, auth_require_tls=False, **options)
else:
    controller = Controller(Keeper(), **options)
controller.start()
print("ready", flush=True)
sys.stdin.read()
