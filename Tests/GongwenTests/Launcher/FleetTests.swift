@testable import Gongwen
import Testing

/// The decisions of the supervisor, without processes: a queue with a health check, and two workers that depend on it.
@Suite struct FleetTests {
  private static func fleet(restart: String = "always") throws -> Fleet { Fleet(try plan(restart: restart)) }

  private static func plan(
    restart: String = "always", scale: [String: Int] = [:], environment: [String: String] = [:]
  ) throws -> Plan {
    let yaml = """
      services:
        clean:
          command: clean
          depends_on: {queue: {condition: service_healthy}}
          healthcheck: {test: [CMD, gongwen, status, --stage, clean]}
          deploy: {replicas: 2}
          restart: \(restart)
        queue:
          command: queue
          healthcheck: {test: [CMD, gongwen, status]}
          restart: \(restart)
          stop_grace_period: 5s
      """
    let file = try ComposeFile("f", yaml, environment: [:])
    return try Plan(file, scale: scale, environment: environment) { $0 }
  }

  /// A fleet in which all three processes live, 10, 11 and 12, and are healthy.
  private static func healthy() throws -> Fleet {
    var fleet = try fleet()
    fleet.started(0, pid: 10, at: 0, time: "t")
    fleet.heard(workers: [])
    fleet.started(1, pid: 11, at: 0, time: "t")
    fleet.started(2, pid: 12, at: 0, time: "t")
    fleet.heard(workers: ["clean-1", "clean-2"])
    return fleet
  }

  private func order(_ place: Int, _ action: InstanceState.Action) -> Fleet.Order {
    Fleet.Order(place: place, action: action)
  }

  @Test func workersWaitUntilTheQueueAnswers() throws {
    var fleet = try Self.fleet()
    #expect(fleet.orders(at: 0) == [order(0, .start)])
    fleet.started(0, pid: 10, at: 0, time: "t")
    #expect(fleet.orders(at: 1) == [])
    #expect(fleet.instances[0].word == "starting")
    fleet.heard(workers: [])
    #expect(fleet.orders(at: 2) == [order(1, .start), order(2, .start)])
    #expect(!fleet.isHealthy)
  }

  @Test func allIsHealthyWhenTheQueueHearsOfEachWorker() throws {
    var fleet = try Self.healthy()
    #expect(fleet.isHealthy)
    fleet.heard(workers: ["clean-2"])
    #expect(fleet.instances.map(\.health) == [.healthy, .unhealthy, .healthy])
    fleet.heard(workers: nil)
    #expect(fleet.instances.map(\.health) == [.unhealthy, .unhealthy, .unhealthy])
    #expect(fleet.instances[0].word == "running")
  }

  @Test func aProcessThatDiesComesBackAfterAPauseThatDoubles() throws {
    var fleet = try Self.healthy()
    #expect(fleet.exited(pid: 11, "ended by signal 9", failed: true, at: 1000) == 1)
    #expect(fleet.orders(at: 1099) == [])
    #expect(fleet.pause(at: 1000) == 100)
    #expect(fleet.orders(at: 1100) == [order(1, .start)])
    fleet.started(1, pid: 13, at: 1100, time: "t")
    #expect(fleet.exited(pid: 13, "ended by signal 9", failed: true, at: 1100) == 1)
    #expect(fleet.orders(at: 1299) == [])
    #expect(fleet.orders(at: 1300) == [order(1, .start)])
    #expect(fleet.instances[1].restarts == 1)
  }

  @Test func aProcessThatEndsAgainAndAgainIsHopeless() throws {
    var fleet = try Self.healthy()
    var now = 0
    for pid in Int32(20)..<25 {
      let before = fleet.instances[2].pid ?? 0
      #expect(fleet.exited(pid: before, "ended with status 1", failed: true, at: now) == 2)
      now += 20_000
      #expect(fleet.orders(at: now) == [order(2, .start)])
      fleet.started(2, pid: pid, at: now, time: "t")
    }
    #expect(fleet.hopeless?.plan.name == "clean-2")
  }

  @Test func withoutRestartAnEndIsAnEnd() throws {
    var fleet = try Self.fleet(restart: "\"no\"")
    fleet.started(0, pid: 10, at: 0, time: "t")
    _ = fleet.exited(pid: 10, "ended with status 0", failed: false, at: 1)
    #expect(fleet.orders(at: 60_000) == [])
    #expect(fleet.hopeless?.plan.name == "queue-1")
    #expect(fleet.instances[0].word == "exited")
  }

  @Test func stoppingEndsTheQueueAfterItsWorkers() throws {
    var fleet = try Self.healthy()
    fleet.stop()
    #expect(fleet.orders(at: 0) == [order(1, .signal(pid: 11, .terminate)), order(2, .signal(pid: 12, .terminate))])
    #expect(fleet.orders(at: 1) == [])
    _ = fleet.exited(pid: 11, "", failed: false, at: 2)
    _ = fleet.exited(pid: 12, "", failed: false, at: 2)
    #expect(fleet.orders(at: 3) == [order(0, .signal(pid: 10, .terminate))])
    #expect(fleet.orders(at: 5002) == [])
    #expect(fleet.orders(at: 5003) == [order(0, .signal(pid: 10, .kill))])
    #expect(fleet.orders(at: 9000) == [])
    _ = fleet.exited(pid: 10, "", failed: true, at: 9001)
    #expect(fleet.isOver)
  }

  @Test func aSecondRequestKillsAllAtOnce() throws {
    var fleet = try Self.healthy()
    fleet.stop()
    _ = fleet.orders(at: 0)
    fleet.kill()
    #expect(fleet.orders(at: 1).map(\.action) == [10, 11, 12].map { .signal(pid: $0, .kill) })
    #expect(fleet.orders(at: 2) == [])
  }

  @Test func anotherScaleStartsWhatIsNewAndEndsWhatIsGone() throws {
    var fleet = try Self.healthy()
    fleet.adopt(try Self.plan(scale: ["clean": 3]))
    #expect(fleet.orders(at: 0) == [order(3, .start)])
    #expect(!fleet.isSettled)
    fleet.started(3, pid: 13, at: 0, time: "t")
    fleet.heard(workers: ["clean-1", "clean-2", "clean-3"])
    #expect(fleet.isSettled)
    fleet.adopt(try Self.plan(scale: ["clean": 1]))
    #expect(
      fleet.orders(at: 0) == [order(2, .signal(pid: 12, .terminate)), order(3, .signal(pid: 13, .terminate))])
    #expect(fleet.orders(at: 1) == [] && !fleet.isSettled)
    for pid in [12, 13] as [Int32] { _ = fleet.exited(pid: pid, "", failed: false, at: 2) }
    #expect(fleet.hopeless == nil)
    #expect(fleet.orders(at: 3) == [])
    #expect(fleet.instances.map(\.plan.name) == ["queue-1", "clean-1"] && fleet.isSettled)
  }

  @Test func aRestartTakesOneAfterTheOtherAndCountsAsNone() throws {
    var fleet = try Self.healthy()
    fleet.restart(["clean"])
    #expect(fleet.orders(at: 0) == [order(1, .signal(pid: 11, .terminate))])
    _ = fleet.exited(pid: 11, "", failed: false, at: 1)
    #expect(fleet.orders(at: 1) == [order(1, .start)])
    fleet.started(1, pid: 21, at: 1, time: "t")
    #expect(fleet.orders(at: 2) == [] && !fleet.isSettled)
    fleet.heard(workers: ["clean-1", "clean-2"])
    #expect(fleet.orders(at: 3) == [order(2, .signal(pid: 12, .terminate))])
    _ = fleet.exited(pid: 12, "", failed: false, at: 4)
    #expect(fleet.orders(at: 4) == [order(2, .start)])
    fleet.started(2, pid: 22, at: 4, time: "t")
    fleet.heard(workers: ["clean-1", "clean-2"])
    #expect(fleet.orders(at: 5) == [])
    #expect(fleet.isSettled && fleet.instances.map(\.restarts) == [0, 0, 0])
  }

  @Test func anotherSettingReplacesOnlyWhatItConcerns() throws {
    var fleet = try Self.healthy()
    fleet.adopt(try Self.plan())
    #expect(fleet.isSettled && fleet.orders(at: 0) == [])
    fleet.adopt(try Self.plan(environment: ["LOG_LEVEL": "debug"]))
    #expect(fleet.orders(at: 0) == [order(0, .signal(pid: 10, .terminate))])
    fleet.adopt(try Self.plan())
    _ = fleet.exited(pid: 10, "", failed: false, at: 1)
    #expect(fleet.orders(at: 1) == [order(0, .start)])
    #expect(fleet.instances[0].plan.environment["LOG_LEVEL"] == nil)
  }

  @Test func whoWishesItIsStartedAnewAfterItsDependency() throws {
    let yaml = """
      services:
        a: {command: a}
        b: {command: b, depends_on: {a: {condition: service_started, restart: true}}}
        c: {command: c, depends_on: {b: {condition: service_started, restart: true}, d: {condition: service_started}}}
        d: {command: d, depends_on: [a]}
      """
    func plan(_ yaml: String) throws -> Plan {
      try Plan(ComposeFile("f", yaml, environment: [:]), scale: [:], environment: [:]) { $0 }
    }
    for isChange in [false, true] {
      var fleet = Fleet(try plan(yaml))
      for place in 0..<4 { fleet.started(place, pid: Int32(10 + place), at: 0, time: "t") }
      if isChange {
        fleet.adopt(try plan(yaml.replacing("command: a}", with: "command: a2}")))
      } else {
        fleet.restart(["a"])
      }
      var ended: [Int32] = []
      for now in 1..<20 {
        for order in fleet.orders(at: now) {
          switch order.action {
          case .start: fleet.started(order.place, pid: Int32(20 + now), at: now, time: "t")
          case .signal(let pid, _):
            ended.append(pid)
            _ = fleet.exited(pid: pid, "", failed: false, at: now)
          case .check: break
          }
        }
      }
      let names = fleet.instances.map(\.plan.service)
      #expect(names == ["a", "b", "d", "c"])
      #expect(ended == [10, 11, 13] && fleet.isSettled)
    }
  }

  @Test func aProcessThatFailsItsCheckIsHopelessUntilItPasses() throws {
    let yaml = "services: {a: {command: a, healthcheck: {test: t, interval: 1s, retries: 2}}}"
    var fleet = Fleet(try Plan(ComposeFile("f", yaml, environment: [:]), scale: [:], environment: [:]) { $0 })
    let (bad, good) = (Checkup.Result(isGood: false, text: "refused"), Checkup.Result(isGood: true, text: ""))
    _ = fleet.orders(at: 0)
    fleet.started(0, pid: 10, at: 0, time: "t")
    for now in [0, 1000, 2000] {
      #expect(fleet.hopeless == nil)
      #expect(fleet.orders(at: now) == [order(0, .check)] && fleet.orders(at: now) == [])
      fleet.checked("a-1", bad, at: now)
      #expect(fleet.pause(at: now) == 1000)
    }
    #expect(fleet.hopeless?.healthText == "refused" && fleet.instances[0].health == .unhealthy)
    #expect(fleet.orders(at: 3000) == [order(0, .check)])
    fleet.checked("a-1", good, at: 3000)
    #expect(fleet.isSettled && fleet.instances[0].healthText == nil)
    // One failure is not yet an illness.
    #expect(fleet.orders(at: 4000) == [order(0, .check)])
    fleet.checked("a-1", bad, at: 4000)
    #expect(fleet.isHealthy)
    // The result of a check of a process that is gone says nothing of the next one.
    #expect(fleet.orders(at: 5000) == [order(0, .check)])
    _ = fleet.exited(pid: 10, "", failed: false, at: 5001)
    fleet.checked("a-1", good, at: 5002)
    #expect(!fleet.isHealthy)
  }

  @Test func stoppingForgetsWhatWasToComeAfter() throws {
    var fleet = try Self.healthy()
    fleet.restart(["clean", "queue"])
    _ = fleet.orders(at: 0)
    fleet.stop()
    for pid in [10, 11, 12] as [Int32] {
      _ = fleet.orders(at: 1)
      _ = fleet.exited(pid: pid, "", failed: false, at: 1)
    }
    _ = fleet.orders(at: 2)
    #expect(fleet.isOver)
  }

  @Test func whatWaitsForACompletionStartsOnlyAfterASuccess() throws {
    let yaml = """
      services:
        prepare: {command: p}
        work: {command: w, depends_on: {prepare: {condition: service_completed_successfully}}}
      """
    for (failed, orders) in [(false, [order(1, .start)]), (true, [])] {
      let file = try ComposeFile("f", yaml, environment: [:])
      var fleet = Fleet(try Plan(file, scale: [:], environment: [:]) { $0 })
      #expect(fleet.orders(at: 0) == [order(0, .start)])
      fleet.started(0, pid: 10, at: 0, time: "t")
      #expect(fleet.orders(at: 1) == [])
      _ = fleet.exited(pid: 10, "ended", failed: failed, at: 2)
      #expect(fleet.orders(at: 3) == orders)
      #expect((fleet.hopeless == nil) == !failed)
    }
  }

  @Test func aForeignProcessIsNobodys() throws {
    var fleet = try Self.healthy()
    #expect(fleet.exited(pid: 99, "", failed: false, at: 0) == nil)
  }
}
