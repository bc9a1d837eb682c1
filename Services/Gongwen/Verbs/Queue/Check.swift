internal import ArgumentParser
internal import FoundationEssentials
internal import Queue
internal import Wire

extension QueueVerb {
  /// `gongwen queue check`.
  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Reads the queue's ledger and all bodies, and says what is damaged.",
      discussion: """
        Looks at $GONGWEN_HOME/queue on this machine, changes nothing, and works beside a queue that runs. Says how many
        documents there are by state, what of the ledger cannot be read, which documents lost their bytes, and what a
        repair would keep. Ends with 0 if all is whole, with 1 if something is damaged, with 69 if there is no ledger.

        With --repair a damaged ledger is set aside as ledger.damaged-N, with its log and bodies, and what can be read is
        copied to a new one: then it ends with 0. No queue may run meanwhile. Of a whole ledger nothing is changed.
        """)

    @Flag(help: "Print one JSON object.")
    var json = false

    @Flag(help: "Set a damaged ledger aside and make a new one of what can be read.")
    var repair = false

    func run() async throws {
      let folder = Home(environment: ProcessInfo.processInfo.environment).queue
      guard FileManager.default.fileExists(atPath: folder) else { throw Self.missing(folder) }
      // Until the end, also where nothing is to be repaired: a queue that starts meanwhile would repair as well.
      let lock = repair ? try Self.lock(folder) : nil
      let report = try Self.reading(folder) {
        guard let check = try Self.look(folder) else { throw Self.missing(folder) }
        return CheckReport(check, repair: repair && !check.isWhole ? try Self.mend(folder, check) : nil)
      }
      writeOutput((json ? report.json : Array(report.text.utf8)) + [UInt8(ascii: "\n")])
      withExtendedLifetime(lock) {}
      guard report.check.isWhole || report.repair != nil else {
        throw CommandFailure(
          .someFailed, "the ledger is damaged. Stop the queue ('gongwen down'), then 'gongwen queue check --repair'.")
      }
    }

    private static func missing(_ folder: String) -> CommandFailure {
      CommandFailure(
        .unreachable,
        "there is no ledger in \(folder). Set GONGWEN_HOME to the folder of the pipeline; "
          + "'gongwen up -d' starts one, whose queue makes a ledger.")
    }

    private static func lock(_ folder: String) throws -> InstanceLock {
      do { return try InstanceLock(folder: folder) } catch let held as InstanceLock.Held {
        throw CommandFailure(
          .someFailed,
          "the queue, process \(held.pid), works in \(folder), so nothing was repaired. "
            + "Stop it ('gongwen down'), then call this again.")
      }
    }

    /// The ledger may be that of another user, or of a later release.
    private static func reading<Value>(_ folder: String, _ read: () throws -> Value) throws -> Value {
      do { return try read() } catch let failure as CommandFailure { throw failure } catch {
        throw CommandFailure(.internalError, "the ledger in \(folder) cannot be read or repaired: \(error)")
      }
    }

    private static func look(_ folder: String) throws -> LedgerCheck? {
      var (progress, done): (Progress?, Int) = (nil, 0)
      defer { progress?.clear() }
      return try LedgerCheck(folder: folder) { total in
        if progress == nil { progress = Progress(total: total) }
        done += 1
        progress?.show(done: done, failed: 0)
      }
    }

    private static func mend(_ folder: String, _ check: LedgerCheck) throws -> CheckReport.Repair {
      var (progress, done) = (Progress(total: check.readable.documents), 0)
      defer { progress.clear() }
      return try LedgerCheck.repair(folder: folder) {
        done += 1
        progress.show(done: done, failed: 0)
      }
    }
  }
}
