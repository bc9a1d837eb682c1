/// `logging` of a service.
extension ComposeReader {
  private static let loggingKeys = ["driver", "options"]
  private static let logOptions: KnownKeys = [
    "max-size": .honoured, "max-file": .honoured, "compress": .container, "mode": .container,
    "max-buffer-size": .container, "tag": .container, "labels": .container, "labels-regex": .container,
    "env": .container, "env-regex": .container,
  ]

  /// The limits, and the options that are left out.
  func logging(_ tree: Tree) throws(ComposeError) -> (limits: ComposeFile.LogLimits, left: [String]) {
    let settings = try reader.mapping(tree, "'logging'")
    try check(settings, against: Self.loggingKeys, in: "'logging'")
    var limits = ComposeFile.LogLimits()
    var left: [String] = []
    for setting in settings {
      if setting.key == "driver" {
        try checkDriver(setting.value)
      } else {
        let options = try reader.mapping(setting.value, "'options'")
        left = try check(options, against: Self.logOptions, in: "'options'").map { "logging.options.\($0)" }
        for option in options { try read(option, into: &limits) }
      }
    }
    return (limits, left)
  }

  private func checkDriver(_ tree: Tree) throws(ComposeError) {
    let name = try reader.string(tree, "'driver'")
    guard !["local", "json-file"].contains(name) else { return }
    throw reader.error(
      tree, "natively logs are files, not '\(name)': the driver is 'local' or 'json-file'; see 'gongwen logs'.")
  }

  private func read(_ option: Tree.Entry, into limits: inout ComposeFile.LogLimits) throws(ComposeError) {
    let what = "'\(option.key)'"
    switch option.key {
    case "max-size":
      let text = try reader.string(option.value, what)
      guard let bytes = byteCount(text), bytes > 0 else {
        throw reader.error(option.value, "\(what) is '\(text)', it must be a size such as 500k, 10m or 1g.")
      }
      limits.bytes = bytes
    case "max-file":
      limits.files = try reader.count(option.value, what)
      guard limits.files > 0 else { throw reader.error(option.value, "\(what) must be 1 or more.") }
    default: break
    }
  }
}

/// Bytes as Compose files write them: a whole number with `b`, `k`, `m` or `g`, by 1,024. Nil for anything else.
func byteCount(_ text: String) -> Int? {
  let digits = text.prefix { $0.isASCII && $0.isNumber }
  let units = ["": 1, "b": 1, "k": 1 << 10, "kb": 1 << 10, "m": 1 << 20, "mb": 1 << 20, "g": 1 << 30, "gb": 1 << 30]
  guard let number = Int(digits), let unit = units[text.dropFirst(digits.count).lowercased()] else { return nil }
  let (bytes, isTooMuch) = number.multipliedReportingOverflow(by: unit)
  return isTooMuch ? nil : bytes
}
