internal import Record

extension Snapshot {
  /// All metrics in the exposition format; counters start at 0 with the queue, but for documents, which the ledger counts.
  var metrics: [UInt8] {
    var text = Exposition()
    text.metrics("gongwen_build_info", .gauge, "The running version.", [programVersion], label: "version", { $0 }) {
      _ in
      1
    }
    writeDocuments(&text)
    writeStages(&text)
    writeWork(&text)
    writeSinks(&text)
    writeLedger(&text)
    return text.bytes
  }

  private func writeDocuments(_ text: inout Exposition) {
    text.metric("gongwen_documents_accepted_total", .counter, "Documents accepted since the ledger was made.", accepted)
    text.metric(
      "gongwen_documents_done_total", .counter, "Documents that became records since the ledger was made.", done)
    text.metric("gongwen_documents_failed", .gauge, "Documents that failed, and were not put back.", failed)
    text.metric("gongwen_dead_letters", .gauge, "Documents that used up their attempts and wait for a decision.", dead)
    text.metric("gongwen_producers", .gauge, "Producers with a session.", producers)
    text.metric("gongwen_window_documents", .gauge, "Documents under way in memory.", windowJobs)
    text.metric("gongwen_window_bytes", .gauge, "Bytes of documents under way in memory.", windowBytes)
    text.metric(
      "gongwen_window_limit_bytes", .gauge, "Bytes from which no further document is loaded.", limits.windowBytes)
  }

  /// What is at each stage now.
  private func writeStages(_ text: inout Exposition) {
    func gauge<Value: CustomStringConvertible>(_ name: String, _ help: String, _ value: (Stage) -> Value) {
      text.metrics("gongwen_stage_\(name)", .gauge, help, stages, label: "stage", \.name, value)
    }
    gauge("pending_documents", "Documents that wait for a worker: the depth.", \.pending)
    gauge("in_flight_documents", "Documents that are with a worker, or being committed.", \.inFlight)
    gauge(
      "oldest_document_age_seconds", "Age since acceptance of the oldest document here, 0 without one.", \.oldestSeconds
    )
    gauge("workers", "Workers that are connected.", \.workers)
    gauge("credit_documents", "Documents that the workers would still take.", \.credit.messages)
    gauge("credit_bytes", "Bytes of documents that the workers would still take.", \.credit.bytes)
    gauge("dead_letters", "Dead letters of this stage.", \.meter.deadLetters)
  }

  /// What happened at each stage.
  private func writeWork(_ text: inout Exposition) {
    func counter(_ name: String, _ help: String, _ value: (Stage) -> Int) {
      text.metrics("gongwen_stage_\(name)_total", .counter, help, stages, label: "stage", \.name, value)
    }
    counter("attempts", "Processing starts.", \.meter.attempts)
    counter("redeliveries", "Deliveries of a document that was given out at this stage before.", \.meter.redeliveries)
    counter("retries", "Attempts that failed and are made again.", \.meter.retries)
    counter("failed", "Documents that failed here for good.", \.meter.failed)
    counter("exhausted", "Documents that became dead letters here.", \.meter.exhausted)
    counter("sent_bytes", "Bytes of documents sent to workers.", \.meter.sentBytes)
    counter("received_bytes", "Bytes of results received from workers.", \.meter.receivedBytes)
    text.histograms(
      "gongwen_stage_duration_seconds", "The stage's own time for a document that it passed.", stages, label: "stage",
      \.name, \.meter.seconds)
  }

  private func writeSinks(_ text: inout Exposition) {
    text.metrics(
      "gongwen_sink_connected", .gauge, "Whether the sink of a partition is there.", partitions, label: "partition",
      \.name
    ) { $0.isConnected ? 1 : 0 }
    text.metrics(
      "gongwen_sink_lag_documents", .gauge, "Documents given to a partition and not yet known to be written.",
      partitions,
      label: "partition", \.name, \.lag)
  }

  private func writeLedger(_ text: inout Exposition) {
    text.metric("gongwen_ledger_bytes", .gauge, "Bytes of documents in the ledger.", ledgerBytes)
    text.metric("gongwen_ledger_limit_bytes", .gauge, "Bytes from which producers have to wait.", limits.ledgerBytes)
    if let freeBytes {
      text.metric("gongwen_ledger_disk_free_bytes", .gauge, "Bytes that are free on the ledger's disk.", freeBytes)
    }
    text.metric(
      "gongwen_ledger_disk_reserve_bytes", .gauge, "Free bytes below which producers have to wait.", limits.diskReserve)
    text.metric("gongwen_ledger_full", .gauge, "Whether producers have to wait.", isFull ? 1 : 0)
    text.metric(
      "gongwen_ledger_commit_failures_total", .counter, "Groups that the disk did not take.", commits.failures)
    text.histogram(
      "gongwen_ledger_commit_duration_seconds", "The time in which a group was written and synced.", commits.seconds)
  }
}
