/// The phrasings of one file.
struct CorpusFile {
  private(set) var phrasings: [CorpusCase] = []
  private let path: String
  private var kinds: Set<String> = []
  private var openCase: CaseLines?

  init(fault: String, path: String) {
    self.path = path
    refuse(fault, line: 1)
  }

  init(_ text: String, path: String) {
    self.path = path
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      read(line, number: index + 1)
    }
    close()
    if phrasings.isEmpty { refuse("a corpus has at least one case, '=== Title'", line: 1) }
  }

  private mutating func read(_ line: Substring, number: Int) {
    if line.hasPrefix("=== ") {
      close()
      openCase = CaseLines(title: String(line.dropFirst(4)), line: number)
    } else if openCase != nil {
      openCase?.read(line, number: number)
    } else if line.hasPrefix("kinds:") {
      kinds = Set(line.dropFirst(6).split(separator: " ").map(String.init))
    } else if !line.isEmpty, !line.hasPrefix("#") {
      refuse("before the first case stand only 'kinds: …' and comments with '#'", line: number)
    }
  }

  /// Turns the case that was read last into one item a phrasing.
  private mutating func close() {
    guard let lines = openCase else { return }
    openCase = nil
    if kinds.isEmpty { refuse("'kinds: …' with the kinds of this file's findings is missing", line: lines.line) }
    if let fault = lines.fault { return refuse(fault, line: lines.line) }
    for phrasing in lines.phrasings {
      var item = CorpusCase(title: lines.title, text: phrasing.text, path: path, line: phrasing.line)
      item.skipped = lines.skip
      item.kinds = kinds.union(lines.findings.map(\.kind))
      item.findings = lines.findings
      phrasings.append(item)
    }
  }

  private mutating func refuse(_ fault: String, line: Int) {
    var item = CorpusCase(title: "unreadable", text: "", path: path, line: line)
    item.fault = fault
    phrasings.append(item)
  }
}

/// The lines of one case, while they are read.
private struct CaseLines {
  let title: String
  let line: Int
  private(set) var skip: String?
  private(set) var phrasings: [(text: String, line: Int)] = []
  private(set) var findings: [ExpectedFinding] = []
  private var problem: String?
  private var block: (lines: [Substring], number: Int)?
  private var isDivided = false

  init(title: String, line: Int) {
    self.title = title
    self.line = line
  }

  /// What is wrong with the whole case.
  var fault: String? {
    if let problem { return problem }
    if block != nil { return "a block opened with \"\"\" is not closed" }
    if phrasings.isEmpty { return "a case has at least one phrasing" }
    return isDivided ? nil : "the divider '---' is missing"
  }

  mutating func read(_ line: Substring, number: Int) {
    if isDivided { return readFinding(line, number: number) }
    if line == "\"\"\"" { return toggleBlock(number: number) }
    if block != nil {
      block?.lines.append(line)
    } else if line == "---" {
      isDivided = true
    } else if line.hasPrefix(":skip") {
      let reason = line.dropFirst(5).drop { $0 == " " }
      if reason.isEmpty { problem = "':skip' needs a reason" }
      skip = String(reason)
    } else if !line.isEmpty {
      phrasings.append((String(line), number))
    }
  }

  private mutating func toggleBlock(number: Int) {
    if let open = block { phrasings.append((open.lines.joined(separator: "\n"), open.number)) }
    block = block == nil ? ([], number) : nil
  }

  private mutating func readFinding(_ line: Substring, number: Int) {
    if line.isEmpty || line.hasPrefix("#") { return }
    guard let finding = ExpectedFinding(line) else {
      problem = problem ?? "line \(number) is not KIND \"quote\"[@n] key=value …: \(line)"
      return
    }
    findings.append(finding)
  }
}
