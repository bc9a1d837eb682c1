internal import Logging

/// Moves lines out of logs that have grown too long, and says once of each log why that fails.
final class LogKeeper {
  private let folder: String
  private let logger: Logger
  private var complaints: [String: String] = [:]

  init(folder: String, logger: Logger) {
    self.folder = folder
    self.logger = logger
  }

  func keep(_ name: String, _ limits: ComposeFile.LogLimits) {
    do throws(StartFailure) {
      try LogFile(folder: folder, name: name).rotate(limits)
      complaints[name] = nil
    } catch {
      if complaints.updateValue(error.message, forKey: name) == nil {
        logger.warning("the log of \(name) grows beyond its size", metadata: ["error": "\(error.message)"])
      }
    }
  }
}
