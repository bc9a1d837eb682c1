/// The folder that holds all state, `$GONGWEN_HOME`, and what lies where in it.
///
///     queue/      the ledger
///     records/    NDJSON segments, a folder for each partition; failures/ likewise
///     logs/       one file for each instance
///     run/        sockets and process ids
package struct Home: Sendable, Equatable {
  package let path: String

  package init(path: String) { self.path = path }

  /// The folder of an environment: `GONGWEN_HOME`, else `./.gongwen`.
  package init(environment: [String: String]) {
    self.init(path: environment["GONGWEN_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? ".gongwen")
  }

  package var queue: String { path + "/queue" }
  package var records: String { path + "/records" }
  package var failures: String { path + "/failures" }
  package var logs: String { path + "/logs" }
  package var run: String { path + "/run" }

  /// The queue's address of an environment: `GONGWEN_QUEUE`, else an ipc socket in `run/`.
  package func queueAddress(environment: [String: String]) -> QueueAddress {
    QueueAddress(base: environment["GONGWEN_QUEUE"].flatMap { $0.isEmpty ? nil : $0 } ?? "ipc://\(run)/queue")
  }

  /// Where the sink of a partition serves FETCH by default.
  package func sinkAddress(partition: String) -> String { "ipc://\(run)/\(partition)" }
}

/// The two addresses of the queue, made from one: clients at the address itself, workers beside it
/// (`ipc://…/queue` and `ipc://…/queue.workers`; `tcp://host:7501` and `tcp://host:7502`).
package struct QueueAddress: Sendable, Equatable {
  package let clients: String
  package let workers: String

  /// The addresses at which a client on the same machine finds a queue that listens on all of its own.
  package var reachable: QueueAddress {
    QueueAddress(clients: Self.reachable(clients), workers: Self.reachable(workers))
  }

  private static func reachable(_ address: String) -> String {
    for everywhere in ["tcp://*:", "tcp://0.0.0.0:"] where address.hasPrefix(everywhere) {
      return "tcp://127.0.0.1:" + address.dropFirst(everywhere.count)
    }
    return address
  }

  private init(clients: String, workers: String) { (self.clients, self.workers) = (clients, workers) }

  package init(base: String) {
    clients = base
    if base.hasPrefix("tcp://"), let colon = base.lastIndex(of: ":"), let port = Int(base[base.index(after: colon)...])
    {
      workers = base[...colon] + String(port + 1)
    } else {
      workers = base + ".workers"
    }
  }
}
