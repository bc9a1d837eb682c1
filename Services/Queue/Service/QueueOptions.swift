package import ArgumentParser
package import Daemon

/// The options of `gongwen-queue`; each has an environment variable as its default.
package struct QueueOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The stages in their order; GONGWEN_STAGES.",
      discussion: "A stage is a name, then after a colon options: unless=LAYER skips documents that have the layer, "
        + "checkpoint commits the output before it is passed on. The last stage is the sink."))
  package var stages: String = setting("GONGWEN_STAGES") ?? Topology.standard

  @Option(help: "Starts at one stage before a document is a dead letter; GONGWEN_MAX_ATTEMPTS.")
  package var maxAttempts: Int = setting("GONGWEN_MAX_ATTEMPTS") ?? Limits().attempts

  @Option(help: "Seconds of silence before another worker gets a job; GONGWEN_LEASE_SECONDS.")
  package var leaseSeconds: Double = setting("GONGWEN_LEASE_SECONDS") ?? Double(Limits().lease) / 1000

  @Option(help: "Bytes of one document at most; GONGWEN_MAX_DOCUMENT_BYTES.")
  package var maxDocumentBytes: Int = setting("GONGWEN_MAX_DOCUMENT_BYTES") ?? Limits().documentBytes

  @Option(help: "Bytes of documents in the ledger before producers have to wait; GONGWEN_MAX_LEDGER_BYTES.")
  package var maxLedgerBytes: UInt64 = setting("GONGWEN_MAX_LEDGER_BYTES") ?? Limits().ledgerBytes

  @Option(help: "Bytes that stay free on the ledger's disk; GONGWEN_DISK_RESERVE_BYTES.")
  package var diskReserveBytes: UInt64 = setting("GONGWEN_DISK_RESERVE_BYTES") ?? Limits().diskReserve

  @Option(help: "Bytes of documents under way in memory; GONGWEN_WINDOW_BYTES.")
  package var windowBytes: Int = setting("GONGWEN_WINDOW_BYTES") ?? Limits().windowBytes

  @Option(help: "Documents under way in memory; GONGWEN_WINDOW_JOBS.")
  package var windowJobs: Int = setting("GONGWEN_WINDOW_JOBS") ?? Limits().windowJobs

  @Option(
    help: ArgumentHelp(
      "Finished documents that are remembered; GONGWEN_KEEP_FINISHED.",
      discussion: "Of the documents that became records or were dropped, the last so many are recognised when they are "
        + "pushed again, and known to push --wait. Older ones are forgotten: pushed again, they are done again."))
  package var keepFinished: Int = setting("GONGWEN_KEEP_FINISHED") ?? SQLiteLedger.keptFinished

  @Flag(
    help: ArgumentHelp(
      "Make keys first, where there are none, as 'gongwen keys init' does; GONGWEN_MAKE_KEYS=1.",
      discussion: "For containers, which have no other moment for it."))
  package var makeKeys = setting("GONGWEN_MAKE_KEYS") == "1"

  @OptionGroup package var endpoint: HTTPOptions

  package init() {}

  package func validate() throws {
    for (name, value) in [
      ("--max-attempts", maxAttempts), ("--max-document-bytes", maxDocumentBytes), ("--window-bytes", windowBytes),
      ("--window-jobs", windowJobs),
    ] where value < 1 {
      throw ValidationError("\(name) is \(value); it must be 1 or more.")
    }
    guard keepFinished >= 0 else {
      throw ValidationError("--keep-finished is \(keepFinished); it must be 0 or more.")
    }
    guard leaseSeconds >= 0.1, leaseSeconds < 1_000_000 else {
      throw ValidationError("--lease-seconds is \(leaseSeconds); it must be 0.1 or more.")
    }
    do { _ = try Topology(stages) } catch { throw ValidationError(error.description) }
  }

  /// What a queue is run with by these options.
  package func configuration(_ daemon: DaemonOptions) throws -> QueueConfiguration {
    var limits = Limits()
    limits.attempts = maxAttempts
    limits.lease = UInt64(leaseSeconds * 1000)
    limits.documentBytes = maxDocumentBytes
    limits.ledgerBytes = maxLedgerBytes
    limits.diskReserve = diskReserveBytes
    limits.windowBytes = windowBytes
    limits.windowJobs = windowJobs
    return QueueConfiguration(
      home: daemon.folder, address: daemon.queueAddress, topology: try Topology(stages), limits: limits,
      keepFinished: keepFinished, http: try endpoint.address)
  }
}
