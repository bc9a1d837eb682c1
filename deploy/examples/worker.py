#!/usr/bin/env python3
"""A stage of your own between segment and extract: counts terms, and adds the member `keywords` to each record.

    export GONGWEN_STAGES='fetch:unless=raw,checkpoint clean segment keywords extract sink'
    gongwen up -d && deploy/examples/worker.py 检查 抽查 处罚

The arguments are the terms. It finds the queue as the other workers do, and needs pyzmq (Debian: python3-zmq). Ctrl-C
finishes the document in hand. The messages are in Shared/Wire/WIRE.md; for a stage of yours change STAGE, LAYER, `work`.
"""
import json, os, signal, struct, sys, time, zmq
from concurrent.futures import ThreadPoolExecutor, wait

STAGE, LAYER, BYTES = "keywords", "keywords", 64 << 20
TERMS = sys.argv[1:] or ["检查", "抽查", "处罚", "公开", "培训"]


def work(layers):
    """The new layer of a document: how often each term stands in its text, where it does."""
    text = layers["text"].decode()
    return {term: text.count(term) for term in TERMS if term in text}


def u64(number): return struct.pack(">Q", number)


class Worker:
    def __init__(self):
        base = os.environ.get("GONGWEN_QUEUE") or f"ipc://{os.environ.get('GONGWEN_HOME') or '.gongwen'}/run/queue"
        head, _, port = base.rpartition(":")
        self.address = f"{head}:{int(port) + 1}" if base.startswith("tcp://") else base + ".workers"
        home = os.environ.get("GONGWEN_HOME") or ".gongwen"
        self.keys = os.environ.get("GONGWEN_KEYS") or home + "/keys"  # see "Keys" in WIRE.md
        self.secure = base.startswith("tcp://") and (bool(os.environ.get("GONGWEN_KEYS")) or os.path.isdir(self.keys))
        self.name = f"{STAGE}-{os.environ.get('GONGWEN_INSTANCE') or 1}"
        self.thread, self.draining = ThreadPoolExecutor(1), False
        for number in (signal.SIGINT, signal.SIGTERM): signal.signal(number, self.drain)

    def drain(self, *_): self.draining = True

    def say(self, *fields): self.socket.send_multipart([b"\1", *fields], zmq.DONTWAIT)

    def run(self):
        while not self.draining:
            with zmq.Context.instance().socket(zmq.DEALER) as self.socket:
                self.socket.reconnect_ivl = -1  # a session must not go on over another connection
                self.socket.linger = 2000
                if self.secure: self.secure_socket()
                self.socket.connect(self.address)
                try: self.session()
                except (ConnectionError, zmq.Again): time.sleep(0.25)  # what was in hand is given out again

    def secure_socket(self):
        def key(name): return open(f"{self.keys}/{name}", "rb").read().strip()
        self.socket.curve_secretkey, self.socket.curve_publickey = key("client.key"), zmq.curve_public(key("client.key"))
        self.socket.curve_serverkey = key("server.pub")

    def session(self):
        """Works until it is told to end; raises zmq.Again or ConnectionError where the connection is lost."""
        self.jobs = self.bytes = 0  # credit is counted from the start of a session
        self.epoch, self.beat, self.heard, beaten = None, 1.0, time.monotonic(), 0.0
        self.grant()
        while not self.draining:
            if self.socket.poll(self.beat * 500): self.hear(*self.socket.recv_multipart()[1:])
            if time.monotonic() > self.heard + 3 * self.beat: raise ConnectionError
            if self.epoch and time.monotonic() > beaten + self.beat:
                self.say(b"HEARTBEAT")
                beaten = time.monotonic()
        self.say(b"BYE")

    def grant(self):
        self.say(b"READY", STAGE.encode(), self.name.encode(), u64(self.jobs + 1), u64(self.bytes + BYTES), b"", b"")

    def hear(self, command, *fields):
        self.heard = time.monotonic()
        if command == b"ACCEPTED": self.epoch, self.beat = fields[0], struct.unpack(">Q", fields[1])[0] / 1000
        elif command == b"JOB": self.take(fields[0], fields[5::2], fields[6::2])
        elif command == b"ERROR" and fields[0] != b"no_session": sys.exit(f"{self.name}: {fields[1].decode()}")
        elif command == b"ERROR" or command == b"ALIVE" and fields[0] != self.epoch: raise ConnectionError

    def take(self, lease, names, layers):
        self.jobs, self.bytes = self.jobs + 1, self.bytes + sum(map(len, layers))
        self.say(b"START", lease)
        began = time.monotonic()
        running = self.thread.submit(work, dict(zip((name.decode() for name in names), layers)))
        while not wait([running], self.beat).done: self.say(b"HEARTBEAT", lease)  # the answers are read afterwards
        try:
            layer = json.dumps(running.result(), ensure_ascii=False, separators=(",", ":")).encode()
            self.say(b"RES", lease, u64(int((time.monotonic() - began) * 1e6)), LAYER.encode(), layer)
        except Exception as error:
            self.say(b"FAIL", lease, b"internal_error", b"R", f"'{STAGE}' failed: {error!r}".encode())
        self.heard = time.monotonic()
        self.grant()


if __name__ == "__main__":
    if {"-h", "--help"} & set(sys.argv): sys.exit(print(__doc__))
    Worker().run()
