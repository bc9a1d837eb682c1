import Foundation
import Schema
import Testing
import TestSupport

extension Ordeal {
  /// A producer that is killed and pushes the same folder again, as often as it takes, loses nothing and repeats nothing:
  /// a document is recognised by its name and bytes.
  @Suite(.serialized) struct ProducerKilledTests {
    @Test(.timeLimit(.minutes(3)))
    func aFolderPushedAgainAfterEachKillComesOutOnce() async throws {
      let reports = Reports(3000, seed: 3, largest: 200)
      let folder = TemporaryFolder()
      for file in reports.files { try folder.write(file.name, file.bytes) }
      try await Pipeline.with { pipeline in
        let output = pipeline.home.path + "/push"
        var dice = Dice(seed: 5)
        for kill in 0..<5 {
          let push = try Running(
            [Program.folder + "/gongwen", "push", folder.path], environment: pipeline.program.environment,
            output: output)
          // Midway: a line says that a document is on the queue, and each push comes further than the one before.
          let wanted = kill * 500 + dice.roll(300)
          try await until { try !push.isRunning || Data(contentsOf: URL(filePath: output)).count >= wanted * 33 }
          #expect(push.end(SIGKILL) == SIGKILL, "the push was over before it could be killed")
        }
        #expect(try await pipeline.status()["accepted"]?.integer ?? 3000 < 3000)
        #expect(try await pipeline.program.gongwen("push", folder.path).status == 0)
        try await pipeline.expectOnce(good: reports.good, bad: reports.bad)
      }
    }
  }
}
