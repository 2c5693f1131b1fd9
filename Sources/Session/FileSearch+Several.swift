import Verbs

extension FileSearch {
    /// Every file below some paths, each once, however often it is named and however many links lead to
    /// it, sorted by path. A file is known by the path that is no link, where one was found.
    package static func below(_ paths: [String], ending: String) -> [Found] {
        var byFile: [String: String] = [:]
        var problems: [(path: String, Found)] = []
        for found in paths.flatMap({ below($0, ending: ending) }) {
            switch found {
            case .problem(let path, _): problems.append((path, found))
            case .file(let path):
                let file = DiskFile.resolved(path) ?? path
                guard let known = byFile[file] else {
                    byFile[file] = path
                    continue
                }
                let candidates = [known, path].sorted { left, right in
                    let links = (DiskFile.isLink(left), DiskFile.isLink(right))
                    return links.0 == links.1 ? left < right : links.1
                }
                byFile[file] = candidates[0]
            }
        }
        let files = byFile.values.map { (path: $0, Found.file($0)) }
        return (files + problems).sorted { $0.path < $1.path }.map(\.1)
    }
}
