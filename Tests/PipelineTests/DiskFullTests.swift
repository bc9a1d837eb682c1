import Foundation
import Schema
import Testing

extension Ordeal {
  /// A disk that is full for a while only makes producers and stages wait: once there is room, all comes out once.
  @Suite(.serialized, .enabled(if: mayMount, "needs the right to mount a tmpfs (root)"))
  struct DiskFullTests {
    /// `reserve` 0 lets the disk fill to its last byte, so that commits fail; the other one stops producers before.
    @Test(.timeLimit(.minutes(3)), arguments: [(0, "could not be written"), (4 << 20, "Producers have to wait")])
    func pushWaitsWhileTheDiskOfTheQueueIsFullAndGoesOnWhenThereIsRoom(_ reserve: Int, _ words: String) async throws {
      let reports = Reports(400, seed: 21, largest: 8000)
      let reserve = ["GONGWEN_DISK_RESERVE_BYTES": "\(reserve)"]
      try await Pipeline.with(environment: reserve, wrapper: tmpfs("queue", "24m")) { pipeline in
        let ballast = try await Ballast(pipeline.seenHome() + "/queue/ballast")
        async let pushed = pipeline.program.gongwen("push", "-", input: reports.input)
        try await until { pipeline.logs.contains(words) }
        #expect(try await pipeline.status()["accepted"]?.integer ?? 400 < 400)
        ballast.remove()
        let outcome = try await pushed
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(outcome.error.contains("the queue is full or short of disk space; waits until it takes more."))
        #expect(outcome.error.contains("the queue takes documents again."))
        try await pipeline.expectOnce(good: reports.good, bad: reports.bad)
      }
    }

    @Test(.timeLimit(.minutes(3)))
    func sinkWaitsWhileItsDiskIsFullAndEveryRecordIsWrittenOnceWhenThereIsRoom() async throws {
      let reports = Reports(400, seed: 22, largest: 2000)
      try await Pipeline.with(wrapper: tmpfs("records", "16m")) { pipeline in
        let ballast = try await Ballast(pipeline.seenHome() + "/records/ballast")
        #expect(try await pipeline.program.gongwen("push", "-", input: reports.input).status == 0)
        try await until { pipeline.logs.contains("cannot write") }
        #expect(try await pipeline.status()["done"]?.integer ?? 390 < 390)
        ballast.remove()
        try await pipeline.expectOnce(good: reports.good, bad: reports.bad)
      }
    }

    /// The words that give a pipeline a file system of its own at a folder of its home; it ends with its last process.
    private func tmpfs(_ folder: String, _ size: String) -> [String] {
      let script = """
        mkdir -p "$GONGWEN_HOME/\(folder)" && mount -t tmpfs -o size=\(size) none "$GONGWEN_HOME/\(folder)" && exec "$@"
        """
      return ["unshare", "-m", "sh", "-c", script, "sh"]
    }
  }
}

/// A file that takes all the room of a disk.
private struct Ballast {
  let path: String

  init(_ path: String) throws {
    self.path = path
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT, 0o600)
    defer { close(descriptor) }
    let block = [UInt8](repeating: 0, count: 4096)
    while unsafe write(descriptor, block, block.count) > 0 {}
    guard errno == ENOSPC else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
  }

  func remove() { unsafe unlink(path) }
}

private let mayMount = succeeds("unshare -m sh -c 'mount -t tmpfs -o size=64k none /mnt'")
