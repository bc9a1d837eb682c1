import Foundation
import Testing
import TestSupport

extension Ordeal {
  /// OK means that the document outlives a loss of power: what the queue wrote, and the names of the files and folders
  /// that it made, are synced before it says so. The sink's half of it is in its own tests.
  @Suite(.serialized, .enabled(if: succeeds("command -v strace"), "needs strace"))
  struct PowerLossTests {
    @Test(.timeLimit(.minutes(1)))
    func queueSyncsFoldersAndTheGroupBeforeItSaysOK() async throws {
      let folder = TemporaryFolder()
      let home = folder.path + "/new/home"
      let environment = ["GONGWEN_HOME": home]
      let trace = folder.path + "/trace"
      let queue = try Running(
        [
          "/usr/bin/env", "strace", "-D", "-f", "-y", "-s", "64", "-o", trace, "-e",
          "trace=pwrite64,fdatasync,fsync,mkdir,sendto", Program.folder + "/gongwen-queue", "--stages", "clean sink",
        ], environment: environment, output: folder.path + "/log")
      let program = Program(environment: environment)
      try await until { try await program.gongwen("status").status == 0 }
      // Large enough for a file of bodies.
      let text = String(repeating: "松浦县检查120次。", count: 4000)
      let document = Array(#"{"uri":"a","text":"\#(text)"}"#.utf8)
      #expect(try await program.gongwen("push", "-", input: document).status == 0)
      #expect(queue.end(SIGTERM) == 0)
      var calls: [String] = []
      try await until {
        calls = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n").map(String.init)
        return calls.last?.contains("+++ exited with 0 +++") == true
      }
      let ok = try #require(calls.firstIndex { $0.contains("sendto(") && $0.contains("\\2OK") }, "no OK")
      let written = try #require(
        calls[..<ok].lastIndex { $0.contains("pwrite64(") && $0.contains("-wal>") }, "no group")
      #expect(calls[written..<ok].contains { $0.contains("sync(") && $0.contains("-wal>") })
      let body = try #require(calls.firstIndex { $0.contains("pwrite64(") && $0.contains("/bodies/1>") }, "no body")
      // One sync a group for the bodies, one for the log, in this order.
      #expect(calls[body..<written].contains { $0.contains("sync(") && $0.contains("/bodies/1>") })
      for file in ["/bodies/1>", "-wal>"] {
        #expect(calls[body..<ok].count { $0.contains("sync(") && $0.contains(file) } == 1, "\(file)")
      }
      // The name of each new folder and file lies in the folder above it.
      for above in [folder.path, folder.path + "/new", home, home + "/queue", home + "/queue/bodies"] {
        #expect(
          calls[..<written].contains { $0.contains("sync(") && $0.contains("<\(above)>)") }, "no sync of \(above)")
      }
      let log = try #require(calls.firstIndex { $0.contains("pwrite64(") && $0.contains("-wal>") })
      #expect(calls[log..<ok].contains { $0.contains("sync(") && $0.contains("<\(home)/queue>)") })
    }
  }
}
