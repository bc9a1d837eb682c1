/// All processes of the pipeline, as a value: who may start, who must stop, and when all is well.
struct Fleet: Equatable, Sendable {
  typealias Milliseconds = InstanceState.Milliseconds

  /// What is to be done to the instance at a place of `instances`.
  struct Order: Equatable, Sendable {
    var place: Int
    var action: InstanceState.Action
  }

  private(set) var plan: Plan
  private(set) var instances: [InstanceState]
  private(set) var isStopping = false
  private var isKilling = false
  /// Instances that are to be started anew, one after the other, and the one that is.
  private var turns: [Plan.Instance] = []
  private var turning: String?

  init(_ plan: Plan) {
    self.plan = plan
    instances = plan.instances.map(InstanceState.init)
  }

  var isHealthy: Bool { instances.allSatisfy(\.isReady) }

  /// Whether everything is as the plan wants it.
  var isSettled: Bool { isHealthy && turns.isEmpty && turning == nil && !instances.contains(where: \.isUnwanted) }
  var isOver: Bool { instances.allSatisfy(\.isOver) }

  /// The first instance of which nothing good is to be expected any more.
  var hopeless: InstanceState? { isStopping ? nil : instances.first(where: \.isHopeless) }

  /// Begins to stop everything, those that others depend on last.
  mutating func stop() {
    isStopping = true
    for place in instances.indices { instances[place].forgetSuccessor() }
  }

  /// Stops everything at once.
  mutating func kill() {
    stop()
    isKilling = true
  }

  /// Takes over another plan: what is new starts, what is gone ends, and what differs is replaced, one after the other.
  mutating func adopt(_ plan: Plan) {
    self.plan = plan
    let wanted = plan.instances
    for place in instances.indices where !wanted.contains(where: { $0.name == instances[place].plan.name }) {
      instances[place].leave()
    }
    turns.removeAll { !wanted.contains($0) }
    var changed: Set<String> = []
    for instance in wanted {
      guard let place = instances.firstIndex(where: { $0.plan.name == instance.name }) else {
        instances.append(InstanceState(instance))
        continue
      }
      if instances[place].isUnwanted {
        instances[place].replace(with: instance)
      } else if instances[place].plan != instance {
        turn(instance)
        changed.insert(instance.service)
      }
    }
    restart(plan.followers(of: changed))
    let order = wanted.map(\.name)
    instances.sort { order.firstIndex(of: $0.plan.name) ?? .max < order.firstIndex(of: $1.plan.name) ?? .max }
  }

  /// Starts the processes of services anew, one after the other, each once the one before is well; after them those of
  /// services that wish to be started anew with them.
  mutating func restart(_ services: Set<String>) {
    let services = services.union(plan.followers(of: services))
    for instance in plan.instances where services.contains(instance.service) { turn(instance) }
  }

  private mutating func turn(_ instance: Plan.Instance) {
    turns.removeAll { $0.name == instance.name }
    turns.append(instance)
  }

  /// Goes on to the next instance that is to be started anew.
  private mutating func takeTurns() {
    if let name = turning, let state = instances.first(where: { $0.plan.name == name }) {
      guard state.isHopeless || (state.isReady && state.successor == nil) else { return }
    }
    turning = nil
    guard !turns.isEmpty else { return }
    let next = turns.removeFirst()
    guard let place = instances.firstIndex(where: { $0.plan.name == next.name }) else { return }
    instances[place].replace(with: next)
    turning = next.name
  }

  mutating func started(_ place: Int, pid: Int32, at now: Milliseconds, time: String) {
    instances[place].started(pid: pid, at: now, time: time)
  }

  mutating func failedToStart(_ place: Int, _ reason: String, at now: Milliseconds) {
    instances[place].failedToStart(reason, at: now)
  }

  /// A process is gone; its place, or nil for one that is not ours.
  mutating func exited(pid: Int32, _ reason: String, failed: Bool, at now: Milliseconds) -> Int? {
    guard let place = instances.firstIndex(where: { $0.pid == pid }) else { return nil }
    instances[place].exited(reason, failed: failed, at: now)
    return place
  }

  /// What the queue says: nil where it does not answer, else the names of the workers that it hears of.
  mutating func heard(workers: Set<String>?) {
    for place in instances.indices {
      let plan = instances[place].plan
      guard let health = plan.health else { continue }
      guard case .queue(let stage) = health.test else { continue }
      instances[place].isFound(Self.trouble(of: stage.map { "\($0)-\(plan.number)" }, workers))
    }
  }

  private static func trouble(of worker: String?, _ workers: Set<String>?) -> String? {
    guard let workers else { return "the queue does not answer" }
    return worker.map(workers.contains) ?? true ? nil : "the queue does not hear of it"
  }

  /// A check by a command has ended; whether the process was found well by it.
  mutating func checked(_ name: String, _ result: Checkup.Result, at now: Milliseconds) {
    guard let place = instances.firstIndex(where: { $0.plan.name == name }) else { return }
    instances[place].checked(result, at: now)
  }

  /// What is to be done at this time.
  mutating func orders(at now: Milliseconds) -> [Order] {
    var orders: [Order] = []
    if !isStopping { takeTurns() }
    instances.removeAll { $0.isLeaving && $0.isOver }
    for place in instances.indices {
      if let action = instances[place].tick(now) { orders.append(Order(place: place, action: action)) }
      let action =
        if isKilling {
          instances[place].kill(at: now)
        } else if isStopping {
          hasLivingDependents(place) ? nil : instances[place].stop(at: now)
        } else if instances[place].isUnwanted {
          instances[place].stop(at: now)
        } else {
          mayStart(place) ? instances[place].turn() : nil
        }
      if let action { orders.append(Order(place: place, action: action)) }
    }
    return orders
  }

  /// Milliseconds until `orders` may have something new by time alone; nil where only an event will.
  func pause(at now: Milliseconds) -> Milliseconds? {
    instances.compactMap(\.next).min().map { max(0, $0 - now) }
  }

  private func mayStart(_ place: Int) -> Bool {
    instances[place].plan.dependencies.allSatisfy { dependency in
      instances.filter { $0.plan.service == dependency.service }.allSatisfy {
        switch dependency.condition {
        case .started: $0.startedAt != nil
        case .healthy: $0.isReady
        case .completed: $0.hasCompleted
        }
      }
    }
  }

  private func hasLivingDependents(_ place: Int) -> Bool {
    let service = instances[place].plan.service
    return instances.contains { other in
      !other.isOver && other.plan.dependencies.contains { $0.service == service }
    }
  }
}
