package import Record

/// The order of the stages, as data: `fetch:unless=raw,checkpoint clean segment extract sink`.
///
/// A stage is a name of small letters, digits and hyphens, then after a colon its options, separated by commas:
/// `unless=LAYER` skips documents that have the layer, `checkpoint` commits the output before it is passed on.
/// The last stage is the sink.
package struct Topology: Sendable, Equatable {
  package struct Stage: Sendable, Equatable {
    package var name: String
    package var unless: String?
    package var isCheckpoint = false
  }

  /// A text that is no topology, with what is wrong in words.
  package struct Malformed: Error, Equatable, CustomStringConvertible {
    package let description: String
  }

  package static let standard = "fetch:unless=raw,checkpoint clean segment extract sink"

  package let stages: [Stage]

  package init(_ text: String) throws(Malformed) {
    var stages: [Stage] = []
    for word in text.split(separator: " ") {
      let stage = try Stage(word)
      guard !stages.contains(where: { $0.name == stage.name }) else {
        throw Malformed(description: "The stage '\(stage.name)' stands twice in the topology.")
      }
      stages.append(stage)
    }
    guard let last = stages.last else {
      throw Malformed(description: "The topology is empty; the usual one is '\(Self.standard)'.")
    }
    guard last.unless == nil, !last.isCheckpoint else {
      throw Malformed(description: "The last stage, '\(last.name)', is the sink and takes no options.")
    }
    self.stages = stages
  }

  /// The place of the sink.
  package var sink: Int { stages.count - 1 }

  /// The place of a stage in the order, if there is one of that name.
  package func place(of name: String) -> Int? { stages.firstIndex { $0.name == name } }

  /// The place of the first stage from `place` on that a document with these layers goes through.
  package func next(from place: Int, has layer: (String) -> Bool) -> Int {
    stages[place...].firstIndex { stage in !(stage.unless.map(layer) ?? false) } ?? sink
  }

  /// The place of the first stage for a document as it was pushed.
  package func entry(_ layers: Layers) -> Int { next(from: 0) { layers[$0] != nil } }

  /// The topology as text; equal topologies have equal texts.
  package var text: String {
    stages.map { stage in
      let options = (stage.unless.map { ["unless=\($0)"] } ?? []) + (stage.isCheckpoint ? ["checkpoint"] : [])
      return options.isEmpty ? stage.name : stage.name + ":" + options.joined(separator: ",")
    }.joined(separator: " ")
  }
}

extension Topology.Stage {
  init(_ word: Substring) throws(Topology.Malformed) {
    let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    name = String(parts[0])
    guard !name.isEmpty, name.utf8.allSatisfy(isNameByte) else {
      throw Topology.Malformed(
        description: "'\(name)' in '\(word)' is no name of a stage: small letters, digits and hyphens make one.")
    }
    guard parts.count == 2 else { return }
    for option in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
      try take(option, of: word)
    }
  }

  private mutating func take(_ option: Substring, of word: Substring) throws(Topology.Malformed) {
    if option == "checkpoint" {
      isCheckpoint = true
    } else if option.hasPrefix("unless="), option.utf8.count > 7 {
      unless = String(option.dropFirst(7))
    } else {
      throw Topology.Malformed(
        description: "'\(option)' in '\(word)' is no option of a stage: there are 'unless=LAYER' and 'checkpoint'.")
    }
  }
}

private func isNameByte(_ byte: UInt8) -> Bool {
  UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    || byte == UInt8(ascii: "-")
}
