import Foundation

/// A pipeline that runs, as its commands show it.
struct Pipeline {
  let home: String

  /// Where the lines of the next push are kept.
  var input: String { home + "/bench-input" }

  struct Status {
    var waiting = 0
    var done = 0
    var failed = 0
  }

  func status() throws -> Status {
    let report = try JSONSerialization.jsonObject(with: output(of: ["status", "--json"])) as? [String: Any] ?? [:]
    func count(_ name: String) -> Int { report[name] as? Int ?? 0 }
    return Status(
      waiting: count("pending") + count("in_flight"), done: count("done"), failed: count("failed") + count("dead"))
  }

  /// Bytes in memory of each process.
  func resident() throws -> [(name: String, bytes: Int)] {
    try output(of: ["ps", "--json"]).split(separator: 0x0A).compactMap { line in
      let process = try JSONSerialization.jsonObject(with: line) as? [String: Any] ?? [:]
      guard let service = process["service"], let instance = process["instance"], let pid = process["pid"],
        let pages = try? String(contentsOfFile: "/proc/\(pid)/statm", encoding: .utf8).split(separator: " ")[1]
      else { return nil }
      return ("\(service)-\(instance)", (Int(pages) ?? 0) * Int(getpagesize()))
    }
  }

  /// Bytes of the ledger, the records and the failures.
  var bytesOnDisk: Int {
    ["queue", "records", "failures"].reduce(0) { sum, folder in
      let files = FileManager.default.enumerator(atPath: home + "/" + folder)?.compactMap { $0 as? String } ?? []
      return files.reduce(sum) { sum, file in
        let facts = try? FileManager.default.attributesOfItem(atPath: "\(home)/\(folder)/\(file)")
        return sum + (facts?[.type] as? FileAttributeType == .typeRegular ? facts?[.size] as? Int ?? 0 : 0)
      }
    }
  }

  func push(_ inputs: String...) throws { try push(inputs) }

  func push(_ inputs: [String]) throws { _ = try output(of: ["push"] + inputs) }

  private func output(of arguments: [String]) throws -> Data {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = Bundle.main.executableURL?.deletingLastPathComponent().appending(path: "gongwen")
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["GONGWEN_HOME": home]) { $1 }
    process.standardOutput = pipe
    process.standardInput = FileHandle(forReadingAtPath: input) ?? FileHandle.nullDevice
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return output
  }
}
