#!/usr/bin/env python3
"""What CURVE costs: the same messages over tcp on loopback with and without it, by turns (pyzmq: python3-zmq).

    compare.py [rounds]

Prints messages in a second, and processor time of both ends for each message, as ratios of the two.
"""
import resource, sys, threading, time, zmq

LOADS = [(100, 100_000), (1_000, 100_000), (40_000, 20_000), (1_000_000, 1_000)]


def processor():
    use = resource.getrusage(resource.RUSAGE_SELF)
    return use.ru_utime + use.ru_stime


def run(size, count, has_keys):
    """Messages in a second, and microseconds of processor time for each."""
    context = zmq.Context()
    pull, push = context.socket(zmq.PULL), context.socket(zmq.PUSH)
    if has_keys:
        server, client = zmq.curve_keypair(), zmq.curve_keypair()
        pull.curve_server, pull.curve_secretkey = True, server[1]
        push.curve_serverkey, push.curve_publickey, push.curve_secretkey = server[0], *client
    port = pull.bind_to_random_port("tcp://127.0.0.1")
    push.connect(f"tcp://127.0.0.1:{port}")
    body = bytes(size)
    push.send(body), pull.recv()

    def send():
        for _ in range(count): push.send(body, copy=False)

    began, used = time.monotonic(), processor()
    thread = threading.Thread(target=send)
    thread.start()
    for _ in range(count): pull.recv(copy=False)
    thread.join()
    seconds, used = time.monotonic() - began, processor() - used
    context.destroy(linger=0)
    return count / seconds, used / count * 1e6


def main(rounds):
    print("bytes  open/s  CURVE/s  ratio  µs of processor open, CURVE")
    for size, count in LOADS:
        turns = [(run(size, count, False), run(size, count, True)) for _ in range(rounds)]
        (fast, little), (slow, much) = (tuple(sorted(x)[rounds // 2] for x in zip(*side)) for side in zip(*turns))
        print(f"{size}  {fast:.0f}  {slow:.0f}  {slow / fast:.2f}  {little:.1f}, {much:.1f}")


main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
