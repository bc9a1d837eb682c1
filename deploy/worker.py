#!/usr/bin/env python3
"""A stage of your own between segment and extract: counts terms, and adds the member `keywords` to each record.

    export GONGWEN_STAGES='fetch:unless=raw,checkpoint clean segment keywords extract sink'
    gongwen up -d && deploy/worker.py 检查 抽查 处罚

The arguments are the terms. GONGWEN_QUEUE is the queue's address, else $GONGWEN_HOME/run/queue (default ./.gongwen);
GONGWEN_INSTANCE numbers workers of one kind. Ctrl-C finishes the document in hand and gives back any other. Needs pyzmq
(Debian: python3-zmq). The messages are those of Shared/Wire/WIRE.md; for another stage change STAGE, LAYER and `work`.
"""
import concurrent.futures, json, os, signal, struct, sys, time, zmq

STAGE, LAYER, BYTES = "keywords", "keywords", 64 << 20
TERMS = sys.argv[1:] or ["检查", "抽查", "处罚", "公开", "培训"]


def work(layers):
    """The layer of a document: how often each term stands in its text; a term that does not is left out."""
    text = layers["text"].decode()
    return {term: text.count(term) for term in TERMS if term in text}


def u64(number): return struct.pack(">Q", number)


class Worker:
    def __init__(self):
        base = os.environ.get("GONGWEN_QUEUE") or f"ipc://{os.environ.get('GONGWEN_HOME') or '.gongwen'}/run/queue"
        head, _, port = base.rpartition(":")
        self.address = f"{head}:{int(port) + 1}" if base.startswith("tcp://") else base + ".workers"
        self.name = f"{STAGE}-{os.environ.get('GONGWEN_INSTANCE') or 1}"
        self.thread = concurrent.futures.ThreadPoolExecutor(1)  # so that heartbeats go on during the work
        self.wake, self.bell = os.pipe()  # what is written here ends the wait for messages
        for end in (self.wake, self.bell): os.set_blocking(end, False)
        signal.set_wakeup_fd(self.bell)
        for number in (signal.SIGINT, signal.SIGTERM): signal.signal(number, self.drain)
        self.socket, self.draining = None, False

    def drain(self, *_): self.draining = True

    def say(self, *fields): self.socket.send_multipart([b"\1", *fields])

    def connect(self):
        """Begins a session. What was in hand is forgotten: the queue gives it out again."""
        if self.socket:
            self.socket.disable_monitor()
            self.socket.close(0)
            time.sleep(0.25)
        self.socket = zmq.Context.instance().socket(zmq.DEALER)
        self.socket.reconnect_ivl = -1  # a session must not go on over another connection
        self.end = self.socket.get_monitor_socket(zmq.EVENT_DISCONNECTED | zmq.EVENT_CLOSED)
        self.socket.connect(self.address)
        self.poller = zmq.Poller()
        for source in (self.socket, self.end, self.wake): self.poller.register(source, zmq.POLLIN)
        self.lease = self.running = self.epoch = None
        self.jobs, self.bytes, self.beat = 0, 0, 1.0  # credit is counted from the start of a session
        self.heard = self.beaten = time.monotonic()
        self.grant()

    def grant(self):
        if not self.draining:
            self.say(b"READY", STAGE.encode(), self.name.encode(), u64(self.jobs + 1), u64(self.bytes + BYTES), b"", b"")

    def hear(self, command, *fields):
        self.heard = time.monotonic()
        if command == b"ACCEPTED" and self.epoch is None:
            self.epoch, self.beat = fields[0], struct.unpack(">Q", fields[1])[0] / 1000
        elif command == b"JOB":
            self.take(fields[0], {name.decode(): layer for name, layer in zip(fields[5::2], fields[6::2])})
        elif command == b"ERROR" and fields[0] in (b"unknown_stage", b"unsupported_version", b"unknown_command"):
            sys.exit(f"worker: {fields[1].decode()} Set GONGWEN_STAGES where the queue is started.")
        elif command == b"ERROR" and fields[0] == b"no_session" or command == b"ALIVE" and fields[0] != self.epoch:
            self.connect()

    def take(self, lease, layers):
        self.jobs, self.bytes = self.jobs + 1, self.bytes + sum(map(len, layers.values()))
        if self.draining: return self.say(b"RETURN", lease)
        self.say(b"START", lease)
        self.lease, self.began, self.running = lease, time.monotonic(), self.thread.submit(work, layers)
        self.running.add_done_callback(lambda _: os.write(self.bell, b"."))

    def finish(self):
        try:
            layer = json.dumps(self.running.result(), ensure_ascii=False, separators=(",", ":")).encode()
            self.say(b"RES", self.lease, u64(int((time.monotonic() - self.began) * 1e6)), LAYER.encode(), layer)
        except KeyError as error:
            self.say(b"FAIL", self.lease, b"missing_layer", b"F", f"'{STAGE}' needs the layer {error}.".encode())
        except Exception as error:
            self.say(b"FAIL", self.lease, b"internal_error", b"R", f"'{STAGE}' failed: {error!r}".encode())
        self.lease = self.running = None
        self.grant()

    def run(self):
        self.connect()
        while self.running or not self.draining:
            if self.epoch and time.monotonic() >= self.beaten + self.beat:
                self.say(b"HEARTBEAT", *([self.lease] if self.lease else []))
                self.beaten = time.monotonic()
            ready = dict(self.poller.poll(self.beat * 500))
            if self.wake in ready: os.read(self.wake, 4096)
            if self.socket in ready: self.hear(*self.socket.recv_multipart()[1:])
            elif self.end in ready or time.monotonic() > self.heard + 3 * self.beat: self.connect()
            if self.running and self.running.done(): self.finish()
        self.say(b"BYE")
        self.socket.close(2000)


if __name__ == "__main__":
    if {"-h", "--help"} & set(sys.argv): sys.exit(print(__doc__))
    Worker().run()
