import Foundation
import Record
import Testing
import Wire
import ZeroMQ
import TestSupport

/// The real program, killed at any moment.
struct ProcessTests {
  /// A `gongwen-queue` on a folder.
  final class Program {
    private let process = Process()

    /// - Parameter wrapper: the words of a program that becomes the queue, before its own.
    init(_ folder: TemporaryFolder, _ arguments: String..., wrapper: [String] = []) throws {
      let words = wrapper + [Self.executable.path, "--home", folder.path] + arguments
      process.executableURL = URL(filePath: words[0])
      process.arguments = Array(words.dropFirst())
      process.standardError = FileHandle.nullDevice
      try process.run()
    }

    /// Beside the program that runs the tests.
    static let executable = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "gongwen-queue")

    var pid: Int32 { process.processIdentifier }

    func end(_ signal: Int32) -> Int32 {
      kill(pid, signal)
      process.waitUntilExit()
      return process.terminationStatus
    }

    deinit {
      if process.isRunning { _ = end(SIGKILL) }
    }
  }

  private func address(_ folder: TemporaryFolder) -> QueueAddress {
    Home(path: folder.path).queueAddress(environment: [:])
  }

  @Test func whatAnOKCoveredOutlivesKill() throws {
    let folder = TemporaryFolder()
    let first = try Program(folder)
    let context = Context()
    var producer = try HandMade(context, address(folder).clients)
    _ = try producer.hello("p")
    for sequence in 1...100 as ClosedRange<UInt64> {
      try producer.say(.put(sequence: sequence, key: "\(sequence)", layers: .document("\(sequence)", bytes: 5000)))
    }
    try producer.awaitOK(100)
    _ = first.end(SIGKILL)
    let second = try Program(folder)
    #expect(try producer.hello("p") == 100)
    #expect(try producer.awaitReport { _ in true }.pending == 100)
    #expect(second.end(SIGTERM) == 0)
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func killedAgainAndAgainBetweenPutAndOKNothingIsLostAndNothingIsTwice(_ seed: UInt64) throws {
    let folder = TemporaryFolder()
    let context = Context()
    var dice = Dice(seed: seed)
    var covered: UInt64 = 0
    for _ in 0..<5 {
      let program = try Program(folder)
      var producer = try HandMade(context, address(folder).clients)
      let welcome = try producer.hello("p")
      #expect(welcome >= covered)
      covered = welcome
      let wanted = welcome + 1 + UInt64(dice.roll(200))
      for sequence in welcome + 1...welcome + 300 {
        try producer.say(.put(sequence: sequence, key: "\(sequence)", layers: .document("\(sequence)", bytes: 2000)))
      }
      while covered < wanted { if case .ok(let last, _) = try producer.reply() { covered = last } }
      _ = program.end(SIGKILL)
    }
    let last = try Program(folder)
    var client = try HandMade(context, address(folder).clients)
    let sequence = try client.hello("p")
    #expect(sequence >= covered)
    #expect(try client.awaitReport { _ in true }.accepted == Int(sequence))
    try client.say(.ask(jobs: (1...sequence).map { JobID(key: "\($0)") }))
    #expect(try client.reply() == .states(Array(repeating: .pending, count: Int(sequence))))
    #expect(last.end(SIGTERM) == 0)
  }

  @Test func aDocumentInHandWhenTheQueueIsKilledComesAgain() throws {
    let folder = TemporaryFolder()
    let first = try Program(folder, "--stages", "clean sink")
    let context = Context()
    var producer = try HandMade(context, address(folder).clients)
    var worker = try HandMade(context, address(folder).workers)
    try worker.ready("w", "clean")
    _ = try producer.hello("p")
    try producer.say(.put(sequence: 1, key: "a", layers: .document("a")))
    let job = try worker.job()
    _ = first.end(SIGKILL)
    let second = try Program(folder, "--stages", "clean sink")
    _ = try producer.hello("p")
    try worker.finish(job, adding: "record")
    var answer = try worker.hear()
    while case .alive? = try? QueueMessage(answer) { answer = try worker.hear() }
    guard case .error(let error) = try QueueMessage(answer) else { throw HandMade.Silence() }
    #expect(error.code == "no_session")
    try worker.ready("w", "clean")
    #expect(try worker.job().lease.job == job.lease.job)
    #expect(second.end(SIGTERM) == 0)
  }

  @Test func aRetryThatWasAnsweredOutlivesKill() throws {
    let folder = TemporaryFolder()
    let first = try Program(folder, "--stages", "clean sink")
    let context = Context()
    var client = try HandMade(context, address(folder).clients)
    var worker = try HandMade(context, address(folder).workers)
    try worker.ready("w", "clean")
    var sink = try HandMade(context, address(folder).workers)
    try sink.ready("s", "sink", partition: "s")
    _ = try client.hello("p")
    try client.say(.put(sequence: 1, key: "a", layers: .document("a")))
    try client.awaitOK(1)
    let job = try worker.job()
    try worker.say(.fail(job.lease, code: "no_text", isRetryable: false, message: "m"))
    try sink.finish(try sink.job())
    _ = try client.awaitReport { $0.failed == 1 }
    try client.say(.revise(.retry, jobs: [job.lease.job]))
    #expect(try client.reply() == .revised([.ok]))
    _ = first.end(SIGKILL)
    let second = try Program(folder, "--stages", "clean sink")
    _ = try client.hello("p")
    let report = try client.awaitReport { _ in true }
    #expect(report.accepted == 1 && report.pending == 1 && report.failed == 0)
    worker = try HandMade(context, address(folder).workers)
    try worker.ready("w", "clean")
    #expect(try worker.job().number == 2)
    #expect(second.end(SIGTERM) == 0)
  }

  @Test func unusableOptionsAreUsageErrorsWithWords() throws {
    for (arguments, words) in [
      (["--stages", "clean clean"], "stands twice"), (["--lease-seconds", "0"], "--lease-seconds"),
      (["--max-atempts", "3"], "--max-attempts"),
    ] {
      let process = Process()
      process.executableURL = Program.executable
      process.arguments = arguments
      let pipe = Pipe()
      process.standardError = pipe
      try process.run()
      let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 64)
      #expect(said.contains(words))
    }
  }
}
