import Foundation
import Schema
import Testing
import TestSupport

/// A pipeline of real processes, with a home of its own, that ends with the test.
struct Pipeline {
  let home: TemporaryFolder
  var program: Program
  /// The words before those of `up`, and so of every process of the pipeline: see `Program.wrapper`.
  var wrapper: [String] = []

  enum Transport: String, CaseIterable, Sendable { case ipc, tcp }

  /// Starts a pipeline, hands it to the body, and stops it whatever happens.
  ///
  /// - Parameters:
  ///   - replicas: processes of each stage.
  ///   - others: services that have another number of processes.
  static func with(
    _ transport: Transport = .ipc, replicas: Int = 1, of others: [String: Int] = [:],
    environment: [String: String] = [:], file: String = Program.project + "/deploy/compose.yaml",
    wrapper: [String] = [], _ body: (Pipeline) async throws -> Void
  ) async throws {
    var pipeline = try Pipeline(transport, environment)
    pipeline.wrapper = wrapper
    try await run(pipeline, replicas: replicas, of: others, file: file, body)
  }

  /// Starts this pipeline, hands it to the body, and stops it whatever happens.
  static func run(
    _ pipeline: Pipeline, replicas: Int = 1, of others: [String: Int] = [:],
    file: String = Program.project + "/deploy/compose.yaml", _ body: (Pipeline) async throws -> Void
  ) async throws {
    let started = try await pipeline.up(replicas: replicas, of: others, file: file)
    do {
      #expect(started.status == 0, "\(started.error)\(pipeline.logs)")
      if started.status == 0 { try await body(pipeline) }
    } catch {
      Issue.record("\(error)\n\(pipeline.logs)")
    }
    // A task of its own: that of a test whose time is over is cancelled, and would leave the processes behind.
    let stopped = Task.detached { try await pipeline.program.gongwen("down").status }
    #expect(try await stopped.value == 0)
  }

  init(_ transport: Transport = .ipc, _ environment: [String: String] = [:]) throws {
    home = TemporaryFolder()
    var variables = environment
    variables["GONGWEN_HOME"] = home.path
    if transport == .tcp { variables["GONGWEN_QUEUE"] = "tcp://127.0.0.1:\(try freePortPair())" }
    program = Program(environment: variables)
  }

  func up(
    replicas: Int = 1, of others: [String: Int] = [:], file: String = Program.project + "/deploy/compose.yaml"
  ) async throws -> Program.Outcome {
    let scale = ["fetch", "clean", "segment", "extract", "sink"].flatMap {
      ["--scale", "\($0)=\(others[$0] ?? replicas)"]
    }
    var launcher = program
    launcher.wrapper += wrapper
    return try await launcher.gongwen(["up", "-d", "-f", file] + scale)
  }

  /// Pushes and waits until all are records or failures.
  func push(_ arguments: String..., input: [UInt8] = []) async throws -> Program.Outcome {
    try await program.gongwen(["push", "--wait"] + arguments, input: input)
  }

  /// The records so far.
  func records() async throws -> [[UInt8]] {
    try await program.gongwen("tail", "--from", "start", "--no-follow").lines
  }

  /// The lines of the failures stream so far, read from its files.
  func failures() throws -> [[UInt8]] {
    let folder = home.path + "/failures"
    let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return try files.filter { $0.hasSuffix(".ndjson") }.flatMap { file in
      try Data(contentsOf: URL(filePath: folder + "/" + file)).split(separator: 0x0A).map(Array.init)
    }
  }

  func status() async throws -> JSONValue { try JSONValue(try await program.gongwen("status", "--json").output) }

  /// The process ids that `ps` lists.
  func processes() async throws -> [Int32] {
    try await program.gongwen("ps", "--json").lines.compactMap { try JSONValue($0)["pid"]?.integer }.map(Int32.init)
  }

  /// What all processes have said so far.
  var logs: String {
    let folder = home.path + "/logs"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.map { "\n\($0)\n" + ((try? String(contentsOfFile: folder + "/" + $0, encoding: .utf8)) ?? "") }
      .joined()
  }
}

/// A port on loopback that is free, as is the next one.
private func freePortPair() throws -> UInt16 {
  for _ in 0..<100 {
    let port = UInt16.random(in: 20_000..<30_000)
    if isFree(port), isFree(port + 1) { return port }
  }
  throw CocoaError(.featureUnsupported)
}

private func isFree(_ port: UInt16) -> Bool {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(descriptor) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  let size = socklen_t(MemoryLayout<sockaddr_in>.size)
  return unsafe withUnsafePointer(to: &address) {
    unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(descriptor, $0, size) == 0 }
  }
}

/// A record without its member `run`, the last one, which alone may differ between two runs.
func withoutRun(_ line: [UInt8]) -> String {
  let text = String(decoding: line, as: UTF8.self)
  return text.range(of: #","run":{"processed_at":"#, options: .backwards).map { String(text[..<$0.lowerBound]) } ?? text
}
