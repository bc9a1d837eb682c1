internal import Daemon

extension ComposeFile {
  /// Throws for a variable that the file gives to a program of ours which would refuse it.
  func checkSettings() throws(CommandFailure) {
    for service in services where service.isOwn {
      guard let problem = Settings.problem(in: service.environment) else { continue }
      throw CommandFailure(.usage, "\(service.place.file):\(service.place.line): service '\(service.name)': \(problem)")
    }
  }
}

extension ComposeFile.Service {
  /// Whether its program is one of ours.
  var isOwn: Bool {
    guard let program = command.first?.split(separator: "/").last else { return false }
    return program == "gongwen" || program.hasPrefix("gongwen-")
  }
}
