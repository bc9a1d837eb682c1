package import ArgumentParser
internal import Wire
internal import ZeroMQ

/// `gongwen push`.
package struct Push: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "push",
    abstract: "Puts documents on the queue and prints a job id a line.",
    discussion: """
      An INPUT is a file, a folder (with all that is in it but programs and their data), a URL, or - for NDJSON on
      standard input: {"uri", "text"}, {"uri", "base64", "media_type"} or, for a URL, {"uri", "etag", "last_modified",
      "sha256"} a line: a page that is still what these say, as the source of an earlier record has them, fails with the
      code unchanged. Bytes are read here; only URLs are fetched by workers. A job id is printed, in the order of the
      inputs, once its document is on the queue's disk.

      The same document is accepted once: pushing it again prints the same job id and makes no second record.
      """)

  @Flag(help: "Return when all documents are records or failures; 1 if some are failures.")
  var wait = false

  @Flag(help: "Process documents anew that were pushed before.")
  var again = false

  @Option(
    help: ArgumentHelp(
      "The key by which the document is recognised, in place of its name and bytes; for one document.",
      valueName: "key"))
  var key: String?

  @Argument(help: ArgumentHelp("Files, folders, URLs, or -.", valueName: "input"))
  var inputs: [String]

  @OptionGroup var options: ClientOptions

  package init() {}

  package mutating func validate() throws {
    guard inputs.filter({ $0 == "-" }).count <= 1 else { throw ValidationError("- can stand only once.") }
    if let key, !(1...200 ~= key.utf8.count) { throw ValidationError("--key must have 1 to 200 bytes.") }
  }

  package func run() async throws {
    let reader = InputReader(inputs)
    let plan = PushRun.Plan(
      address: options.address, key: key, isAgain: again, keepsJobs: wait,
      total: Terminal.error.isTerminal ? reader.count() : nil)
    let interruption = Interruption()
    let intake = Intake(reader, wakeUp: WakeUp())
    Task { try await DedicatedThread.run("inputs") { () throws(SocketError) in try intake.read() } }
    try await DedicatedThread.run("queue") {
      var push = PushRun(plan, intake, interruption: interruption)
      let counts = try push.run()
      try counts.check(failed: Self.wait(for: counts.jobs, plan, interruption))
    }
  }

  private static func wait(
    for jobs: [PushRun.Accepted], _ plan: PushRun.Plan, _ interruption: Interruption
  ) throws -> Int {
    var run = WaitRun(jobs, at: plan.address, interruption: interruption)
    let failed = try run.run()
    if interruption.isRequested { throw CommandFailure(.interrupted) }
    return failed
  }
}

extension PushRun.Counts {
  /// Throws the exit status that the counts deserve.
  ///
  /// - Parameter failed: documents that were accepted and became failures.
  fileprivate func check(failed: Int) throws(CommandFailure) {
    if isInterrupted { throw CommandFailure(.interrupted) }
    if unread > 0, unread == done { throw CommandFailure(.nothingRead, "no document could be read.") }
    if self.failed + failed > 0 { throw CommandFailure(.someFailed) }
  }
}
