import Record
import Synchronization

/// Makes the bytes of `raw` upper case.
struct UpperStage: Stage {
  let name = "upper"

  func process(_ input: Layers, _ context: StageContext) async throws(StageFailure) -> Layers {
    var layers = Layers()
    layers.append("upper", try input.required("raw", stage: name).map { $0 & 0xDF })
    return layers
  }
}

/// Works on each document until it is cancelled.
struct PatientStage: Stage {
  let name = "upper"

  func process(_ input: Layers, _ context: StageContext) async throws(StageFailure) -> Layers {
    try? await Task.sleep(for: .seconds(3600))
    return Layers()
  }
}

/// Works on each document until the test ends, cancelled or not.
final class StubbornStage: Stage {
  let name = "upper"
  private let gate = Mutex<CheckedContinuation<Void, Never>?>(nil)

  func process(_ input: Layers, _ context: StageContext) async throws(StageFailure) -> Layers {
    await withCheckedContinuation { continuation in gate.withLock { $0 = continuation } }
    return Layers()
  }

  func release() { gate.withLock { $0.take() }?.resume() }
}
