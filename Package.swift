// swift-tools-version:6.2
import PackageDescription

/// The settings of every Swift target, in one place. Warnings are errors in CI only.
let settings: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .strictMemorySafety(),
  ] + (Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)])

/// A library target in `Shared/`.
func shared(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .target(name: name, dependencies: dependencies, path: "Shared/\(name)", exclude: exclude, swiftSettings: settings)
}

/// How the programs are linked for release: relocations packed, and no table of symbols for libraries that would be loaded
/// later. Services/Gongwen/DESIGN.md says what it saves.
let linking: [LinkerSetting] = [
  .unsafeFlags(
    ["-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs", "-Xlinker", "--no-export-dynamic"],
    .when(configuration: .release))
]

/// A program, whose `Main.swift` starts the command of a library.
func program(
  _ executable: String, _ path: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .executableTarget(
    name: executable, dependencies: dependencies + [arguments], path: path, exclude: exclude, swiftSettings: settings,
    linkerSettings: linking)
}

/// A service: the library with the work, and in `Command/` the library with its command line and the program.
func service(
  _ name: String, executable: String, _ dependencies: [Target.Dependency] = [],
  command: [Target.Dependency] = [], exclude: [String] = []
) -> [Target] {
  [
    .target(
      name: name, dependencies: dependencies, path: "Services/\(name)", exclude: ["Command"] + exclude,
      swiftSettings: settings),
    .target(
      name: "\(name)Command", dependencies: [.target(name: name), arguments] + command,
      path: "Services/\(name)/Command", exclude: ["Main.swift"], swiftSettings: settings),
    program(
      executable, "Services/\(name)/Command", [.target(name: "\(name)Command")], exclude: ["\(name)Command.swift"]),
  ]
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies, path: "Tests/\(name)Tests", exclude: exclude,
    swiftSettings: settings)
}

/// The tables, corpora and notes of the rules on quantities, beside their rules.
let metricTables = [
  "Metrics/Quantities/Tables", "Metrics/Clauses/Tables", "Metrics/Indicators/Tables", "Metrics/Corpus",
  "Metrics/DESIGN.md",
]

/// The folders of the families of entities that hold no code.
let entityData =
  ["Dates", "Documents", "Meetings", "Organs", "Persons", "Places"].map { "Entities/\($0)/Tables" }
  + ["Dates", "Documents", "Meetings", "Organs", "Persons", "Phones", "Places"].map { "Entities/\($0)/Corpus" }
  + ["Entities/DESIGN.md"]

let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let http = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let tls = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let http2 = Target.Dependency.product(name: "NIOHTTP2", package: "swift-nio-http2")
let nio = ["NIOCore", "NIOPosix", "NIOHTTP1"].map { Target.Dependency.product(name: $0, package: "swift-nio") }
let compression = Target.Dependency.product(name: "NIOHTTPCompression", package: "swift-nio-extras")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "gongwen",
  products: [
    .executable(name: "gongwen", targets: ["gongwen"]),
    .executable(name: "gongwen-queue", targets: ["gongwen-queue"]),
    .executable(name: "gongwen-fetch", targets: ["gongwen-fetch"]),
    .executable(name: "gongwen-clean", targets: ["gongwen-clean"]),
    .executable(name: "gongwen-segment", targets: ["gongwen-segment"]),
    .executable(name: "gongwen-extract", targets: ["gongwen-extract"]),
    .executable(name: "gongwen-sink", targets: ["gongwen-sink"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.86.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.29.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.36.0"),
    .package(url: "https://github.com/apple/swift-nio-http2", from: "1.38.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Shared: pure.
    .systemLibrary(name: "COpenSSL", path: "Shared/COpenSSL", providers: [.apt(["libssl-dev"])]),
    shared("Text"),
    shared("Lexicon", ["Text"]),
    shared("Record", ["Text", "COpenSSL"]),
    // Shared: files and sockets.
    shared("Disk"),
    .systemLibrary(name: "CZeroMQ", path: "Shared/CZeroMQ", providers: [.apt(["libzmq3-dev"])]),
    shared("ZeroMQ", ["CZeroMQ"]),
    shared("Wire", ["Record"], exclude: ["WIRE.md"]),
    shared("Keys", ["ZeroMQ", "Wire"]),
    .target(name: "CMemory", path: "Shared/CMemory"),
    shared("Daemon", ["CMemory", "ZeroMQ", "Keys", "Wire", "Record", arguments, logging, lifecycle, signals]),
    shared("Worker", ["ZeroMQ", "Wire", "Record", "Daemon", arguments, logging], exclude: ["DESIGN.md"]),
    // Services.
    .systemLibrary(
      name: "CLibXML2", path: "Services/Clean/CLibXML2", pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CLibZip", path: "Services/Clean/CLibZip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CXXHash", path: "Services/Queue/CXXHash", providers: [.apt(["libxxhash-dev"])]),
    .target(name: "CCleanTables", path: "Services/Clean/CTables"),
    .target(name: "CSegmentTables", path: "Services/Segment/CTables"),
    .target(name: "CExtractTables", path: "Services/Extract/CTables"),
    .target(name: "CProcess", path: "Services/Gongwen/CProcess"),
    // Nothing uses ICU's data, which the static Foundation would bring into programs.
    .target(name: "CEmptyICU", path: "Shared/CEmptyICU"),
  ]
    + service(
      "Queue", executable: "gongwen-queue",
      ["ZeroMQ", "Keys", "Wire", "Record", "Disk", "CXXHash", "CEmptyICU", "Daemon", arguments, grdb, logging] + nio,
      command: ["Daemon", "Record", logging], exclude: ["CXXHash", "DESIGN.md"])
    + service(
      "Fetch", executable: "gongwen-fetch", ["Record", "Text", "Clean", arguments, http, tls, compression] + nio,
      command: ["Worker", "Record"],
      exclude: ["DESIGN.md"])
    + service(
      "Clean", executable: "gongwen-clean",
      ["Record", "Text", "Lexicon", "CLibXML2", "CLibZip", "CCleanTables", subprocess],
      command: ["Worker", "Record"],
      exclude: ["CLibXML2", "CLibZip", "CTables", "Furniture/Tables", "Furniture/Corpus", "Page/Tables", "DESIGN.md"])
    + service(
      "Segment", executable: "gongwen-segment", ["Record", "Text", "Lexicon", "CSegmentTables"],
      command: ["Worker", "Record"], exclude: ["CTables", "Tables", "Corpus", "DESIGN.md"])
    + service(
      "Extract", executable: "gongwen-extract", ["Record", "Text", "Lexicon", "CExtractTables", arguments],
      command: ["Worker", "Record"],
      exclude: ["CTables", "Placing/Tables"] + entityData + metricTables)
    + service(
      "Sink", executable: "gongwen-sink",
      ["ZeroMQ", "Wire", "Record", "Disk", "Worker", "Daemon", arguments, logging], command: ["Record"],
      exclude: ["DESIGN.md"])
    + [
      .target(
        name: "Gongwen",
        dependencies: [
          "ZeroMQ", "Keys", "Wire", "Record", "Text", "Queue", "Fetch", "Clean", "Segment", "Extract", "CProcess",
          "Daemon",
          arguments, logging, yams,
        ],
        path: "Services/Gongwen", exclude: ["Command", "CProcess", "DESIGN.md"], swiftSettings: settings),
      program(
        "gongwen", "Services/Gongwen/Command",
        [
          "Gongwen", "QueueCommand", "FetchCommand", "CleanCommand", "SegmentCommand", "ExtractCommand", "SinkCommand",
        ]),
    ]
    + [
      // Support of the tests.
      .target(
        name: "Corpus", dependencies: ["Text"], path: "Tests/Corpus", exclude: ["README.md"], swiftSettings: settings),
      .target(name: "Schema", path: "Tests/Schema", swiftSettings: settings),
      tests("Corpus", ["Corpus"], exclude: ["Samples"]),
      tests("Schema", ["Schema", "Record", "Text"]),
      // Pure targets.
      tests("Lexicon", ["Lexicon"]),
      tests(
        "Clean",
        ["TestSupport", "Clean", "CCleanTables", "CLibZip", "Mutations", "Corpus", "Lexicon", "Record", "Text"]),
      tests("Segment", ["Segment", "Corpus", "Record", "Text"]),
      .target(name: "CAllocations", path: "Tests/CAllocations"),
      tests(
        "Extract",
        ["Extract", "Segment", "Corpus", "Record", "Text", "Lexicon", "CExtractTables", "CAllocations"]),
      .testTarget(
        name: "AcceptanceTests", dependencies: ["Clean", "Segment", "Extract", "Record", "Text"],
        path: "Tests/Acceptance",
        exclude: ["floors.tsv", "page-floors.tsv"], swiftSettings: settings),
      // Sockets, disks and processes.
      .target(name: "TestSupport", path: "Tests/Support", swiftSettings: settings),
      tests("ZeroMQ", ["ZeroMQ"]),
      tests("Keys", ["TestSupport", "Keys", "Wire", "ZeroMQ"]),
      tests("Wire", ["Wire", "Record"], exclude: ["Golden"]),
      tests("Daemon", ["Daemon", "Wire", arguments, logging]),
      tests("Worker", ["Worker", "Wire", "Record", "ZeroMQ", logging, "gongwen-segment"]),
      tests("Fetch", ["TestSupport", "Fetch", "Record", "ZeroMQ", subprocess, tls, http2] + nio),
      tests("Queue", ["TestSupport", "Queue", "Keys", "Wire", "Record", "ZeroMQ", grdb, logging, "gongwen-queue"]),
      tests("Sink", ["TestSupport", "Sink", "Daemon", "Keys", "Disk", "Wire", "ZeroMQ", "Record", "gongwen-sink"]),
      tests(
        "Gongwen",
        [
          "TestSupport", "Gongwen", "Daemon", "Queue", "Fetch", "Sink", "Keys", "Record", "Wire", "ZeroMQ", grdb,
          "gongwen",
          "gongwen-sink",
        ]),
      tests(
        "Pipeline",
        [
          "TestSupport", "Schema", subprocess, "gongwen", "gongwen-queue", "gongwen-fetch", "gongwen-clean",
          "gongwen-segment",
          "gongwen-extract", "gongwen-sink",
        ]),
      tests(
        "Deploy",
        [
          "TestSupport", subprocess, "gongwen", "gongwen-queue", "gongwen-fetch", "gongwen-clean", "gongwen-segment",
          "gongwen-extract", "gongwen-sink",
        ], exclude: ["Help"]),
      // Damaged input.
      .target(
        name: "Mutations", dependencies: ["Clean", "Record", "Text"], path: "Tests/Fuzz/Mutations",
        swiftSettings: settings),
      .executableTarget(
        name: "mutate-pages", dependencies: ["Mutations", "Clean", arguments], path: "Tests/Fuzz/MutatePages",
        swiftSettings: settings),
      // Figures.
      .executableTarget(
        name: "clean-bench", dependencies: ["Clean", "CLibXML2", "Record", arguments], path: "Tests/Benchmarks/Clean",
        exclude: ["compare.py"], swiftSettings: settings),
      .executableTarget(
        name: "queue-bench", dependencies: ["ZeroMQ", "CZeroMQ", "Keys", "Wire", "Record", arguments],
        path: "Tests/Benchmarks/Queue",
        swiftSettings: settings),
      .executableTarget(
        name: "latency-bench", dependencies: ["ZeroMQ", "Keys", "Wire", "Record", arguments],
        path: "Tests/Benchmarks/Latency", swiftSettings: settings),
      .executableTarget(
        name: "metrics-bench", dependencies: ["ZeroMQ", "Wire", arguments], path: "Tests/Benchmarks/Metrics",
        swiftSettings: settings),
      .executableTarget(
        name: "memory-bench", dependencies: [arguments], path: "Tests/Benchmarks/Memory", swiftSettings: settings),
    ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu2x
)
