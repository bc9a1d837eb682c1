package import ArgumentParser
internal import FoundationEssentials
internal import Glibc
internal import Wire

/// `gongwen top`: the pipeline at a glance.
package struct Top: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "top",
    abstract: "Shows the pipeline live: what waits and moves at each stage, and its processes.",
    discussion: """
      Arrows choose a stage, + and - change the number of its processes, l or Enter opens its log, q quits. While the
      queue is away the screen says so and waits. Where standard output is no terminal, one picture is printed as text, or
      with --interval one every so many seconds.
      """)

  @Flag(help: "Print one JSON object: time, the queue's report (or null), and the processes.")
  var json = false

  @Option(help: ArgumentHelp("Seconds between two pictures; 1 on a terminal.", valueName: "seconds"))
  var interval: Double?

  @OptionGroup var options: ClientOptions

  package init() {}

  package func validate() throws {
    guard let interval else { return }
    guard 0.1...86_400 ~= interval else { throw ValidationError("--interval is from 0.1 to 86400 seconds.") }
  }

  package func run() async throws {
    let home = Home(environment: ProcessInfo.processInfo.environment)
    var address = options.address
    if options.queue == nil, let running = try? Running(home: home) {
      address = Endpoint(address: running.clients.address, keys: address.keys)
    }
    guard json || !Terminal.output.isTerminal || isatty(STDIN_FILENO) != 1 else {
      var top = try TopRun(home: home, address: address, interval: interval ?? 1)
      return try top.run()
    }
    while true {
      let snapshot = try TopSnapshot.take(home, address: address)
      writeOutput(json ? snapshot.json : Array(TopScreen(snapshot: snapshot).plain.utf8))
      guard let interval else { return }
      try await Task.sleep(for: .seconds(interval))
    }
  }
}
