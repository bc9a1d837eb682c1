internal import Record

extension Setting {
  /// Every setting, by reader.
  package static let all: [Setting] = [
    .init("GONGWEN_HOME", .text, ".gongwen", .all, option: "--home", "the folder of all state"),
    .init("GONGWEN_QUEUE", .text, "a socket in run/", .all, option: "--queue", "the address of the queue"),
    .init("GONGWEN_KEYS", .text, "keys/ where it exists", .all, option: "--keys", "the folder of keys for tcp"),
    .init(
      "GONGWEN_INSTANCE", .whole(from: 1), "1", .all, option: "--instance",
      "the number of a process among those of its kind"),
    .init(
      "LOG_FORMAT", .word(LogFormat.allCases.map(\.rawValue)), "logfmt", .all, option: "--log-format",
      "how log lines are written"),
    .init(
      "LOG_LEVEL", .word(LogLevel.allCases.map(\.rawValue)), "info", .all, option: "--log-level",
      "the least urgent events that are logged"),

    .init(
      "GONGWEN_STAGES", .text, "fetch:unless=raw,checkpoint clean segment extract sink", .queue, option: "--stages",
      "the stages in their order"),
    .init(
      "GONGWEN_MAX_ATTEMPTS", .whole(from: 1), "5", .queue, option: "--max-attempts",
      "starts at one stage before a dead letter"),
    .init(
      "GONGWEN_LEASE_SECONDS", .decimal(0.1...999_999), "30.0", .queue, option: "--lease-seconds",
      "seconds of silence before another worker gets a job"),
    .init(
      "GONGWEN_MAX_DOCUMENT_BYTES", .whole(from: 1), "67108864", .queue, option: "--max-document-bytes",
      "bytes of one document"),
    .init(
      "GONGWEN_MAX_LEDGER_BYTES", .whole(from: 0, to: .max), "17179869184", .queue, option: "--max-ledger-bytes",
      "bytes in the ledger before producers wait"),
    .init(
      "GONGWEN_DISK_RESERVE_BYTES", .whole(from: 0, to: .max), "268435456", .queue, option: "--disk-reserve-bytes",
      "bytes that stay free on the ledger's disk"),
    .init(
      "GONGWEN_WINDOW_BYTES", .whole(from: 1), "50331648", .queue, option: "--window-bytes",
      "bytes of documents under way in memory"),
    .init(
      "GONGWEN_WINDOW_JOBS", .whole(from: 1), "2048", .queue, option: "--window-jobs",
      "documents under way in memory"),
    .init(
      "GONGWEN_KEEP_FINISHED", .whole(from: 0), "1000000", .queue, option: "--keep-finished",
      "finished documents that are recognised"),
    .init("GONGWEN_MAKE_KEYS", .yes, "0", .queue, option: "--make-keys", "make keys where there are none"),
    .init(
      "GONGWEN_HTTP", .text, "127.0.0.1:7500, or any free port", .queue, option: "--http",
      "where metrics, health and status are served"),
    .init(
      "GONGWEN_HTTP_PUBLIC", .yes, "0", .queue, option: "--http-public",
      "serve HTTP at an address that other machines reach"),

    .init("GONGWEN_USER_AGENT", .text, "gongwen/\(programVersion)", .fetch, option: "--user-agent", "what servers see"),
    .init(
      "GONGWEN_HOST_CONNECTIONS", .whole(from: 1), "2", .fetch, option: "--host-connections",
      "requests that one host is given at a time"),
    .init(
      "GONGWEN_HOST_DELAY", .decimal(0...3600), "0.5", .fetch, option: "--host-delay",
      "seconds from one request to a host to the next"),
    .init(
      "GONGWEN_IGNORE_ROBOTS", .yes, "0", .fetch, option: "--ignore-robots", "fetch what robots.txt does not allow"),
    .init(
      "GONGWEN_ALLOW_PRIVATE", .yes, "0", .fetch, option: "--allow-private", "fetch from internal addresses too"),
    .init("http_proxy", .address, "", .fetch, "the proxy for http"),
    .init("https_proxy", .address, "", .fetch, "the proxy for https"),
    .init("all_proxy", .address, "", .fetch, "the proxy for what has none of its own"),
    .init("no_proxy", .text, "", .fetch, "hosts and domains that are asked themselves"),
    .init("SSL_CERT_FILE", .text, "the system's", .fetch, "the file of trusted certificates"),

    .init(
      "GONGWEN_RETAIN_BYTES", .whole(from: 1, to: .max), "", .sink, option: "--retain-bytes",
      "bytes of each stream that are kept"),
    .init(
      "GONGWEN_RETAIN_HOURS", .decimal(0.000_001...1_000_000_000), "", .sink, option: "--retain-hours",
      "hours for which a file is kept"),

    .init("GONGWEN_FETCH", .whole(from: 0, to: 256), "1", .compose, "processes of fetch"),
    .init("GONGWEN_CLEAN", .whole(from: 0, to: 256), "1", .compose, "processes of clean"),
    .init("GONGWEN_SEGMENT", .whole(from: 0, to: 256), "1", .compose, "processes of segment"),
    .init("GONGWEN_EXTRACT", .whole(from: 0, to: 256), "1", .compose, "processes of extract"),
    .init("GONGWEN_SINK", .whole(from: 0, to: 256), "1", .compose, "processes of sink"),
    .init("GONGWEN_VERSION", .text, "0.1.0", .compose, "the version of the image"),

    .init("GONGWEN_SKIP_BUILD", .text, "", .sources, "scripts take the programs that are built"),
    .init("GONGWEN_LONG_TESTS", .text, "", .sources, "tests with more of everything"),
    .init("GONGWEN_MUTATIONS", .text, "", .sources, "damaged pages of a test"),
    .init("GONGWEN_RECORD_HELP", .text, "", .sources, "the test of help texts records them"),
  ]
}
