internal import Glibc

/// The files below a folder, depth first, each folder's names sorted by their bytes: the same order everywhere.
///
/// Symbolic links are followed, but each folder is entered once, so that a link to a folder above ends there. Hidden
/// files and folders are left out, and so is what is neither a file nor a folder.
struct FolderWalk: Sendable {
  private struct FolderID: Hashable { let device, node: UInt }

  /// Folders that are being walked, with the names still to come, the next one last.
  private var open: [(folder: Path, names: [[UInt8]])] = []
  private var entered: Set<FolderID> = []

  init(_ folder: Path) throws(PathError) { try enter(folder, try folder.status()) }

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
        case S_IFREG: return .success(path)
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
}
