import Session
import Support
import Syntax

/// Which parameters some scripts declare, found without running them: so that a name from outside that
/// none of them knows is refused before anything runs.
package struct ParameterScan {
    private var declared: Set<String> = []
    private var scanned: Set<String> = []

    /// The names that no script declares, each with the nearest that there is.
    ///
    /// - Parameters:
    ///   - names: the names that are looked for; the search ends when all were seen.
    ///   - paths: of the scripts. What cannot be read or does not parse declares nothing: running it
    ///     tells.
    ///   - allowed: further folders that scripts may read.
    package static func undeclared(
        _ names: [String], in paths: [String], allowed: [String]
    ) -> [(name: String, nearest: String?)] {
        var scan = ParameterScan()
        for path in paths where !names.allSatisfy(scan.declared.contains) {
            guard let text = try? DiskFile.text(path, atMost: ScriptFiles.maximumSize) else {
                continue
            }
            let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
            let files = ScriptFiles(folder: folder, allowed: allowed, name: path)
            scan.scan(text, name: path, files, depth: 0)
        }
        return names.filter { !scan.declared.contains($0) }.sorted().map {
            ($0, nearestName(to: $0, among: scan.declared.sorted()))
        }
    }

    private mutating func scan(_ text: String, name: String, _ files: ScriptFiles, depth: Int) {
        guard depth < 16, scanned.insert(name).inserted,
            text.contains("param") || depth == 0
                || text.contains("include")
        else { return }
        for statement in Parser.parse(Source(name: name, text: text)).script.statements {
            switch statement.kind {
            case .let(let statement) where statement.isParameter:
                declared.formUnion(statement.names.map(\.name))
            case .include(let path):
                guard let path = path.literalText,
                    let found = files.included(path, from: name)
                else { continue }
                scan(found.text, name: found.name, files, depth: depth + 1)
            default: continue
            }
        }
    }
}
