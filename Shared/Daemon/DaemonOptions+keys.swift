private import FoundationEssentials
private import Keys
package import Logging
package import ZeroMQ

extension DaemonOptions {
  /// The keys of this process for tcp, nil where there are none; the log says who is not let in.
  package func keyRing(_ logger: Logger) -> (any KeyRing)? {
    PipelineKeys(option: keys, home: folder, environment: ProcessInfo.processInfo.environment) { key, address in
      logger.warning(
        "does not let a client in: 'gongwen keys add NAME KEY' allows it",
        metadata: ["key": "\(key)", "address": "\(address)"])
    }
  }

  /// Makes the keys of this machine where it has none.
  package func makeKeys(_ logger: Logger) throws {
    let keys = KeyFolder(option: self.keys, home: folder, environment: ProcessInfo.processInfo.environment)
    guard !keys.hasServer else { return }
    try keys.make(replaces: false)
    logger.notice("has made keys", metadata: ["folder": "\(keys.path)"])
  }
}
