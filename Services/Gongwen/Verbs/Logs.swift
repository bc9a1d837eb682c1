package import ArgumentParser
internal import Daemon
internal import FoundationEssentials
internal import Glibc
internal import Wire

/// `gongwen logs`: what the processes of the pipeline have said.
package struct Logs: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "logs", abstract: "Shows the logs of the pipeline, in the order of time.")

  @Flag(name: [.short, .long], help: "Go on as the logs grow.")
  var follow = false

  @Argument(help: "Services (clean) or processes (clean-1); all without one.")
  var services: [String] = []

  package init() {}

  package func run() async throws {
    let home = Home(environment: ProcessInfo.processInfo.environment)
    let known = LogNames(folder: home.logs, services: []).all
    for service in services where LogNames(folder: home.logs, services: [service]).all.isEmpty {
      let near = suggestion(for: service, among: known + known.map { String($0.prefix { $0 != "-" }) })
      throw CommandFailure(.usage, "there is no log of '\(service)' in \(home.logs)\(near)")
    }
    let follower = LogFollower(folder: home.logs, services: services, fromEnd: false, output: .output)
    follower.show()
    while follow {
      var item = pollfd(fd: follower.descriptor, events: Int16(POLLIN), revents: 0)
      unsafe poll(&item, 1, -1)
      follower.show()
    }
  }
}
