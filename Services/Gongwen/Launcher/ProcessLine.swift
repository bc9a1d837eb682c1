internal import FoundationEssentials

/// What the supervisor says of one process, a JSON object a line, and what that process has used by then.
struct ProcessLine: Decodable {
  var service: String
  var instance: Int
  var pid: Int?
  var state: String
  var health: String
  var restarts: Int
  var health_text: String?
  /// Uptime, share of a processor and memory; dashes where it does not run.
  var usage: [String] = ["-", "-", "-"]

  private enum CodingKeys: CodingKey { case service, instance, pid, state, health, restarts, health_text }

  /// `clean-1`.
  var name: String { "\(service)-\(instance)" }

  /// - Throws: an error of the decoder where the line is no such object.
  static func read(_ line: ArraySlice<UInt8>) throws -> ProcessLine {
    var process = try JSONDecoder().decode(ProcessLine.self, from: Data(line))
    if let usage = process.pid.flatMap(ProcessUsage.init) { process.usage = usage.columns }
    return process
  }
}
