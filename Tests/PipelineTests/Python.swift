import Foundation
import Testing
import TestSupport

/// The Python that has pyzmq, where there is one.
enum Python {
  static let path: String? = ["/usr/bin/python3", "/usr/local/bin/python3"].first { path in
    let probe = Process()
    probe.executableURL = URL(filePath: path)
    probe.arguments = ["-c", "import zmq"]
    probe.standardError = FileHandle.nullDevice
    guard (try? probe.run()) != nil else { return false }
    probe.waitUntilExit()
    return probe.terminationStatus == 0
  }

  /// The topology with the stage of `deploy/examples/worker.py`.
  static let stages = "fetch:unless=raw,checkpoint clean segment keywords extract sink"

  /// A copy of `deploy/compose.yaml` with a service that runs a script as the stage `keywords`.
  static func composeFile(in folder: TemporaryFolder, script: String) throws -> String {
    let text = try String(contentsOfFile: Program.project + "/deploy/compose.yaml", encoding: .utf8)
    let service = """
        keywords:
          <<: *worker
          command: ["\(path ?? "")", -B, "\(script)"]
          healthcheck:
            test: [CMD, gongwen, status, --stage, keywords]


      """
    let place = try #require(text.range(of: "  sink:\n")?.lowerBound)
    try folder.write("compose.yaml", (text[..<place] + service + text[place...]).utf8)
    return folder.path + "/compose.yaml"
  }
}
