import ArgumentParser
import Foundation

/// Keeps a pipeline at full speed, and says how the memory of its processes and what lies on its disk develop.
@main
struct MemoryBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "memory-bench",
    abstract: "Pushes documents at a pipeline that runs, and samples its processes each second.",
    discussion: """
      Start the pipeline with 'gongwen up -d'. Documents have 100 bytes to 2 MB, most of them few; one in ten is HTML, \
      one in forty cannot be read, and with --page one in forty is fetched from there (where that is this machine: \
      GONGWEN_ALLOW_PRIVATE=1 GONGWEN_HOST_DELAY=0). A slope is the least squares line through the samples after the \
      warm-up.
      """)

  @Option(help: "The home of the pipeline.") var home = ".gongwen"
  @Option(help: "Minutes in all.") var minutes = 12.0
  @Option(help: "Minutes of them before slopes are taken.") var warmUp = 2.0
  @Option(help: "A page to fetch, without a query.") var page: String?

  func run() throws {
    let pipeline = Pipeline(home: home)
    var (feed, series, disk) = (Feed(page: page), [String: Series](), Series())
    let (start, before) = (ContinuousClock.now, try pipeline.status())
    var time = 0.0
    while time < minutes * 60 {
      let status = try pipeline.status()
      if status.waiting < Feed.batch { try feed.push(to: pipeline) }
      if time >= warmUp * 60 {
        for (name, bytes) in try pipeline.resident() { series[name, default: Series()].append(time, bytes) }
        disk.append(time, pipeline.bytesOnDisk)
      }
      Thread.sleep(forTimeInterval: 1)
      time = (ContinuousClock.now - start) / .seconds(1)
    }
    let after = try pipeline.status()
    print("\(after.done - before.done) records, \(after.failed - before.failed) failures in \(Int(time)) s")
    for (name, series) in series.sorted(by: { $0.key < $1.key }) { print("\(name): \(series)") }
    print("on disk: \(disk)")
  }
}

/// Samples over time, in seconds and bytes.
struct Series: CustomStringConvertible {
  private var points: [(time: Double, bytes: Double)] = []

  mutating func append(_ time: Double, _ bytes: Int) { points.append((time, Double(bytes))) }

  /// Bytes per second, by least squares.
  private var slope: Double {
    let count = Double(points.count)
    let (time, bytes) = points.reduce((0, 0)) { ($0.0 + $1.time / count, $0.1 + $1.bytes / count) }
    let spread = points.reduce(0) { $0 + ($1.time - time) * ($1.time - time) }
    return points.reduce(0) { $0 + ($1.time - time) * ($1.bytes - bytes) } / spread
  }

  var description: String {
    func mega(_ bytes: Double) -> String { String(format: "%.1f", bytes / 1_048_576) }
    let bytes = points.map(\.bytes)
    func mean(_ part: ArraySlice<Double>) -> String { mega(part.reduce(0, +) / Double(max(1, part.count))) }
    let quarter = points.count / 4
    return "\(mega(slope * 3600)) MiB an hour; mean of the first quarter \(mean(bytes.prefix(quarter))) MiB, "
      + "of the last \(mean(bytes.suffix(quarter))) MiB, at most \(mega(bytes.max() ?? 0)) MiB"
  }
}
