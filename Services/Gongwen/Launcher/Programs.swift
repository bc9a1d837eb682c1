internal import Glibc

/// Where the programs of the pipeline are.
enum Programs {
  /// The path of this program.
  static let own: String = {
    var path = [UInt8](repeating: 0, count: 4096)
    let count = unsafe path.withUnsafeMutableBytes { unsafe readlink("/proc/self/exe", $0.baseAddress!, $0.count) }
    return String(decoding: path.prefix(max(0, count)), as: UTF8.self)
  }()

  /// The path of a program: itself where it has a slash, else beside this one, else in `$PATH`.
  static func locate(_ name: String, environment: [String: String]) -> String? {
    if name.contains("/") { return isExecutable(name) ? name : nil }
    let beside = own.split(separator: "/").dropLast().map { "/" + $0 }.joined()
    let folders = [beside] + (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return folders.map { "\($0)/\(name)" }.first(where: isExecutable)
  }

  private static func isExecutable(_ path: String) -> Bool { unsafe access(path, X_OK) == 0 }
}
