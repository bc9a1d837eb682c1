private import FoundationEssentials

/// The variables of an environment that concern the pipeline.
package enum Settings {
  /// The sentence on the first variable, by name, that no program knows or whose value cannot be read; nil where all is well.
  ///
  /// - Parameter others: further names that begin with `GONGWEN_` and mean something.
  package static func problem(in environment: [String: String], others: Set<String> = []) -> String? {
    let known = Dictionary(uniqueKeysWithValues: Setting.all.map { ($0.name, $0) })
    for (name, value) in environment.sorted(by: { $0.key < $1.key }) where !others.contains(name) {
      if let setting = known[name] {
        if let problem = setting.problem(with: value) { return problem }
      } else if name.hasPrefix("GONGWEN_"), !isServiceLink(name) {
        let near = suggestion(for: name, among: known.keys.filter { $0.hasPrefix("GONGWEN_") }.sorted())
        return "There is no setting \(name)\(near) 'gongwen config --effective' lists them all."
      }
    }
    return nil
  }

  /// Whether a container's host has set it because a service is named gongwen: `GONGWEN_SERVICE_HOST`,
  /// `GONGWEN_QUEUE_PORT_7501_TCP_ADDR` (the service links of Kubernetes and Docker).
  private static func isServiceLink(_ name: String) -> Bool {
    name.contains(#/_SERVICE_(HOST|PORT)(_[A-Z0-9_]+)?$|_PORT(_\d+_(TCP|UDP)(_(ADDR|PORT|PROTO))?)?$/#)
  }
}

/// The value of a variable that is set, not empty and can be read. `Settings.problem` speaks of those that cannot.
package func setting<Value: LosslessStringConvertible>(_ name: String) -> Value? {
  ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : Value($0) }
}
