/// Turns a tree into the services that it describes.
struct ComposeReader {
  let reader = Reader()
  /// Which paths are beside: the first file that is named.
  let file: String
  /// For variables that a service names without a value.
  let environment: [String: String]

  func file(_ tree: Tree) throws(ComposeError) -> ComposeFile {
    let entries = try reader.mapping(tree, "a Compose file")
    _ = try check(entries, against: Self.fileKeys, in: "the file")
    guard let services = entries.first(where: { $0.key == "services" }) else {
      throw reader.error(tree, "there is no 'services'.")
    }
    return ComposeFile(
      services: try reader.mapping(services.value, "'services'").map { (entry) throws(ComposeError) in
        try service(entry, mapped: try mappedVolumes(entries))
      })
  }

  /// Volumes that `x-native: volumes` maps to folders here; a service may mount those, and no other.
  private func mappedVolumes(_ entries: [Tree.Entry]) throws(ComposeError) -> Set<String> {
    guard let native = entries.first(where: { $0.key == "x-native" }) else { return [] }
    let settings = try reader.mapping(native.value, "'x-native'")
    try check(settings, against: ["volumes"], in: "'x-native'")
    guard let volumes = settings.first else { return [] }
    return Set(try reader.strings(volumes.value, "'x-native: volumes'"))
  }

  private func service(_ entry: Tree.Entry, mapped: Set<String>) throws(ComposeError) -> ComposeFile.Service {
    let place = "service '\(entry.key)'"
    let settings = try reader.mapping(entry.value, place)
    let ignored = try ignored(settings)
    let left = try check(settings, against: Self.serviceKeys, in: place, ignored: ignored)
    var service = ComposeFile.Service(name: entry.key, place: entry.place, command: [], environment: [:])
    service.containerKeys = left
    for setting in settings { try read(setting, into: &service, mapped: mapped, ignored: ignored) }
    if let entry = settings.first(where: { $0.key == "entrypoint" }), entry.value.content != .null {
      service.command = try command(entry.value, "'entrypoint'") + service.command
    }
    if let entry = settings.first(where: { $0.key == "env_file" }) {
      service.environment = try fileVariables(entry.value).merging(service.environment) { $1 }
    }
    // What x-native says stands above what is for containers, wherever it is written.
    if let native = settings.first(where: { $0.key == "x-native" }) { try readNative(native.value, into: &service) }
    guard !service.command.isEmpty else {
      throw ComposeError(entry.place, "\(place) has no 'command': what is to be run?")
    }
    return service
  }

  /// Keys that the file says to leave out natively, although that does something else than what they say.
  private func ignored(_ settings: [Tree.Entry]) throws(ComposeError) -> Set<String> {
    guard let native = settings.first(where: { $0.key == "x-native" }) else { return [] }
    let entries = try reader.mapping(native.value, "'x-native'")
    guard let ignored = entries.first(where: { $0.key == "ignore" }) else { return [] }
    return Set(try reader.strings(ignored.value, "'x-native: ignore'"))
  }

  private func read(
    _ setting: Tree.Entry, into service: inout ComposeFile.Service, mapped: Set<String>, ignored: Set<String>
  ) throws(ComposeError) {
    let (value, what) = (setting.value, "'\(setting.key)'")
    switch setting.key {
    case "command": service.command = try command(value, what)
    case "environment": service.environment = try variables(value, what).compactMapValues { $0 }
    case "depends_on": service.dependencies = try dependencies(value)
    case "healthcheck": service.health = try healthCheck(value)
    case "restart": service.restart = try restart(value)
    case "stop_signal": service.stopSignal = try reader.word(value, what, ComposeFile.StopSignal.self)
    case "stop_grace_period": service.stopGrace = try reader.duration(value, what)
    case "working_dir": service.folder = beside(try reader.string(value, what))
    case "profiles": service.profiles = try reader.strings(value, what)
    case "scale": service.replicas = try reader.count(value, what)
    case "logging":
      let logging = try logging(value)
      service.log = logging.limits
      service.containerKeys += logging.left
    case "deploy": try readDeploy(value, into: &service, ignored: ignored)
    case "volumes": try checkVolumes(value, mapped)
    default: break
    }
  }

  /// A path as the file means it: beside the file, unless it begins at the root.
  func beside(_ path: String) -> String {
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
    return file[...slash] + path
  }

  private func readDeploy(
    _ tree: Tree, into service: inout ComposeFile.Service, ignored: Set<String>
  ) throws(ComposeError) {
    let settings = try reader.mapping(tree, "'deploy'")
    service.containerKeys += try check(
      settings, against: Self.deployKeys, in: "'deploy'", ignored: ignored
    ).map { "deploy.\($0)" }
    for setting in settings where setting.key == "replicas" {
      service.replicas = try reader.count(setting.value, "'replicas'")
    }
  }

  private func readNative(_ tree: Tree, into service: inout ComposeFile.Service) throws(ComposeError) {
    let settings = try reader.mapping(tree, "'x-native'")
    try check(settings, against: Self.nativeKeys, in: "'x-native'")
    for setting in settings {
      switch setting.key {
      case "command": service.command = try command(setting.value, "'x-native: command'")
      case "working_dir": service.folder = beside(try reader.string(setting.value, "'x-native: working_dir'"))
      case "healthcheck": service.health = try healthCheck(setting.value)
      case "ignore": break
      default:
        for (name, value) in try variables(setting.value, "'x-native: environment'") {
          service.environment[name] = value
        }
      }
    }
  }

  private func checkVolumes(_ tree: Tree, _ mapped: Set<String>) throws(ComposeError) {
    for volume in try reader.sequence(tree, "'volumes'") {
      let text = try reader.string(volume, "a volume (short form)")
      let name = String(text.prefix { $0 != ":" })
      guard mapped.contains(name) else {
        throw reader.error(
          volume, "the volume '\(name)' has no place natively: add it to 'x-native: volumes' if $GONGWEN_HOME holds it."
        )
      }
    }
  }
}
