internal import Glibc

/// The files below a folder, depth first, each folder's names sorted by their bytes: the same order everywhere.
///
/// Symbolic links are followed, but each folder is entered once, so that a link to a folder above ends there. Hidden
/// files and folders are left out, and so is what is neither a file nor a folder. Files whose names say that they are
/// programs or their data are counted, and passed over.
struct FolderWalk: Sendable {
  private struct FolderID: Hashable { let device, node: UInt }

  /// Folders that are being walked, with the names still to come, the next one last.
  private var open: [(folder: Path, names: [[UInt8]])] = []
  private var entered: Set<FolderID> = []
  private let top: Path
  /// Files passed over, by the endings of their names.
  private var passed: [String: Int] = [:]

  init(_ folder: Path) throws(PathError) {
    top = folder
    try enter(folder, try folder.status())
  }

  /// What was passed over so far, in a sentence; nil where nothing was.
  var note: String? {
    guard !passed.isEmpty else { return nil }
    let endings = passed.keys.sorted().map { ".\($0)" }.joined(separator: ", ")
    let count = passed.values.reduce(0, +)
    return "\(top.text): \(count) \(count == 1 ? "file" : "files") skipped that by name (\(endings)) "
      + "\(count == 1 ? "is no document" : "are no documents"); name a file itself to have it read."
  }

  /// The next file, or why a file or folder cannot be read; nil after the last.
  mutating func next() -> Result<Path, PathError>? {
    while let top = open.indices.last {
      guard let name = open[top].names.popLast() else {
        open.removeLast()
        continue
      }
      let path = open[top].folder.appending(name)
      do throws(PathError) {
        let status = try path.status()
        switch status.st_mode & S_IFMT {
        case S_IFDIR: try enter(path, status)
        case S_IFREG:
          guard let ending = path.ending, Self.otherEndings.contains(ending) else { return .success(path) }
          passed[ending, default: 0] += 1
        default: continue
        }
      } catch {
        return .failure(error)
      }
    }
    return nil
  }

  private mutating func enter(_ folder: Path, _ status: stat) throws(PathError) {
    guard entered.insert(FolderID(device: UInt(status.st_dev), node: UInt(status.st_ino))).inserted else { return }
    open.append((folder, try folder.names().reversed()))
  }

  /// Endings of names of programs, and of what programs read and write. Pages may end in `.php` or `.jsp`;
  /// pictures may hold a report, so that they are failures that somebody sees.
  private static let otherEndings: Set = [
    "bash", "c", "cfg", "conf", "cpp", "css", "go", "h", "ini", "ipynb", "java", "js", "json", "jsonl", "lock",
    "ndjson", "pl", "py", "pyc", "rb", "rs", "sh", "sql", "swift", "toml", "ts", "yaml", "yml",
  ]
}
