internal import Daemon

/// A setting as a pipeline has it.
struct EffectiveSetting: Equatable, Encodable {
  enum Origin: String, Encodable {
    case option, environment, file, usual = "default"
  }

  var name: String
  /// Without passwords; empty for none.
  var value: String
  var origin: Origin
  /// The services for which it is so; empty for what the Compose file takes in itself.
  var services: [String]
  var meaning: String

  /// All settings, in the order of their table: a row each, or where services differ, one for each value.
  ///
  /// - Parameter environment: that of whoever starts the pipeline.
  static func all(_ file: ComposeFile, _ plan: Plan, environment: [String: String]) -> [EffectiveSetting] {
    let own = Set(file.services.filter(\.isOwn).map(\.name))
    let templates = plan.services.map(\.template).filter { own.contains($0.service) }
    return Setting.all.filter { $0.reader != .sources }.flatMap { setting in
      let readers = templates.filter { setting.isRead(by: $0) }
      guard setting.reader != .compose, !readers.isEmpty else {
        return [EffectiveSetting(setting, nil, own: [:], environment: environment)]
      }
      return readers.map { EffectiveSetting(setting, $0, own: $0.environment, environment: environment) }
        .reduce(into: []) { rows, row in
          guard let same = rows.firstIndex(where: { $0.value == row.value && $0.origin == row.origin }) else {
            return rows.append(row)
          }
          rows[same].services += row.services
        }
    }
  }

  /// Option before variable before default; a variable is the file's unless the environment has the same value for it.
  private init(
    _ setting: Setting, _ instance: Plan.Instance?, own: [String: String], environment: [String: String]
  ) {
    (name, meaning, services) = (setting.name, setting.meaning, instance.map { [$0.service] } ?? [])
    let outside = environment[setting.name] ?? ""
    let inside = instance == nil ? outside : own[setting.name] ?? ""
    if let said = instance.flatMap({ setting.option(in: $0.command) }) {
      (value, origin) = (said, .option)
    } else if !inside.isEmpty {
      (value, origin) = (inside, inside == outside ? .environment : .file)
    } else {
      (value, origin) = (setting.usual, .usual)
    }
    value = setting.shown(value)
  }

  /// Rows for people.
  static func table(_ rows: [EffectiveSetting]) -> String {
    let cells =
      [["SETTING", "VALUE", "FROM", "SERVICES", "MEANING"]]
      + rows.map { [$0.name, $0.value.isEmpty ? "-" : $0.value, $0.origin.rawValue, $0.shownServices, $0.meaning] }
    let widths = cells[0].indices.dropLast().map { column in cells.map { Columns.width($0[column]) }.max() ?? 0 }
    return cells.map { row in
      zip(row, widths).map { Columns.fit($0, $1) + "  " }.joined() + row[4] + "\n"
    }.joined()
  }

  private var shownServices: String { services.isEmpty ? "-" : services.joined(separator: ",") }
}

extension Setting {
  /// Whether the program of an instance reads it.
  fileprivate func isRead(by instance: Plan.Instance) -> Bool {
    let program = instance.command[0].split(separator: "/").last ?? ""
    // The number of each instance is the launcher's.
    return name != "GONGWEN_INSTANCE" && (reader == .all || program == "gongwen-" + reader.rawValue)
  }

  /// What a command line says by the option: `--queue A`, `--queue=A`, or 1 where it is a flag.
  fileprivate func option(in command: [String]) -> String? {
    guard let option else { return nil }
    for (place, word) in command.enumerated() {
      if word.hasPrefix(option + "=") { return String(word.dropFirst(option.count + 1)) }
      guard word == option else { continue }
      if case .yes = kind { return "1" }
      return command.indices.contains(place + 1) ? command[place + 1] : nil
    }
    return nil
  }
}
