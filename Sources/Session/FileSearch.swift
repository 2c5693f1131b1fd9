import Glibc
import Patterns
import Support
import Verbs

/// Finds the files of an ending below paths that people name.
///
/// A folder is walked once, however many links lead to it: a link to a folder inside the one that is
/// searched, or above it, is not followed, because what it leads to is found without it.
package struct FileSearch {
    /// What came of a path.
    package enum Found {
        case file(String)
        /// A path that cannot be read, or a folder without such files, and why.
        case problem(path: String, FileProblem)
    }

    /// The file that names, one glob a line, the entries of its folder that are left out; `#` begins a
    /// comment.
    package static let ignoreFile = ".drydockignore"

    private let ending: String
    private var found: [Found] = []
    /// The folder that was named, with links resolved.
    private var root = ""
    /// Folders that were walked, with links resolved.
    private var walked: Set<String> = []

    private init(ending: String) { self.ending = ending }

    /// Every file below `path` that ends in `ending`, sorted by path, without what
    /// ``ignoreFile`` names; `path` itself when it is a file, whatever it ends in.
    package static func below(_ path: String, ending: String) -> [Found] {
        guard DiskFile.isFolder(path) else {
            if access(path, F_OK) == 0 { return [.file(path)] }
            return [.problem(path: path, missing(path))]
        }
        var search = FileSearch(ending: ending)
        search.root = real(path)
        search.walk(path)
        if search.found.isEmpty {
            return [.problem(path: path, FileProblem("holds no *\(ending)"))]
        }
        return search.found
    }

    private mutating func walk(_ folder: String) {
        guard walked.insert(Self.real(folder)).inserted else { return }
        let names: [String]
        do {
            names = try DiskFile.names(in: folder)
        } catch {
            found.append(.problem(path: folder, error))
            return
        }
        let ignored = Self.ignored(in: folder)
        for name in names where !ignored.contains(where: { $0.matches(name) }) {
            let child = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
            if DiskFile.isFolder(child) {
                if !DiskFile.isLink(child) || leadsElsewhere(child) { walk(child) }
            } else if name.hasSuffix(ending) {
                // A link that leads nowhere is found as well: reading it tells.
                found.append(.file(child))
            }
        }
    }

    /// Whether a link leads neither into the folder that is searched nor above it.
    private func leadsElsewhere(_ link: String) -> Bool {
        let target = Self.real(link)
        func isBelow(_ path: String, _ folder: String) -> Bool {
            path == folder || path.hasPrefix(folder == "/" ? folder : folder + "/")
        }
        return !isBelow(target, root) && !isBelow(root, target)
    }

    // MARK: The disk

    private static func real(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Why a path cannot be opened, with the name that is nearest to its last part.
    private static func missing(_ path: String) -> FileProblem {
        let message = String(cString: strerror(errno)).lowercased()
        let cut = path.lastIndex(of: "/")
        let folder = cut.map { String(path[...$0]) } ?? "."
        let name = cut.map { String(path[path.index(after: $0)...]) } ?? path
        guard let nearest = nearestName(to: name, among: DiskFile.entries(folder)) else {
            return FileProblem(message)
        }
        let near = cut == nil ? nearest : folder + nearest
        return FileProblem("\(message); did you mean \(near)?")
    }

    private static func ignored(in folder: String) -> [Glob] {
        guard let text = try? DiskFile.text("\(folder)/\(ignoreFile)", atMost: 65_536) else {
            return []
        }
        return text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }
            .map { Glob(String($0)) }
    }
}
