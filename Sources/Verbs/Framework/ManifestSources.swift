import Patterns
import Support

/// Where manifests are: what `-f`, `-R` and `-k` name. Source: cli-runtime's resource.Builder,
/// FilenameParam and Path.
extension ManifestReader {
    private static let endings = [".json", ".yaml", ".yml"]

    /// The texts that the flags name, in order; paths that lead nowhere are added to `problems`.
    func sources(_ problems: inout [VerbError]) -> [Source] {
        let paths = call.flags.list("filename")
        let kustomization = call.flags.string("kustomize")
        let isRecursive = call.flags.bool("recursive")
        if !kustomization.isEmpty, !paths.isEmpty || isRecursive {
            if !paths.isEmpty {
                problems.append(.message("only one of -f or -k can be specified"))
            }
            if isRecursive {
                problems.append(.message("the -k flag can't be used with -f or -R"))
            }
            return []
        }
        var sources: [Source] = []
        for path in paths { add(path, isRecursive, &sources, &problems) }
        if !kustomization.isEmpty { sources.append(.kustomization(kustomization)) }
        return sources
    }

    private func add(
        _ path: String, _ isRecursive: Bool, _ sources: inout [Source],
        _ problems: inout [VerbError]
    ) {
        if path == "-" {
            if sources.contains(where: { if case .input = $0 { true } else { false } }) {
                problems.append(.message("standard input cannot be used for multiple arguments"))
            }
            return sources.append(.input)
        }
        if path.hasPrefix("http://") || path.hasPrefix("https://") {
            return problems.append(
                .message(
                    "unable to read URL \"\(path)\": the simulator opens no network connections; save "
                        + "the manifest to a file below the script's folder"))
        }
        let matches = context.files.exists(path) ? [path] : matches(path)
        if matches.isEmpty {
            return problems.append(.message("the path \"\(path)\" does not exist"))
        }
        for match in matches {
            if let entries = context.files.entries(match) {
                sources += folder(match, entries, isRecursive).map { .file($0) }
            } else {
                sources.append(.file(match))
            }
        }
        if sources.isEmpty, problems.isEmpty {
            problems.append(
                .message(
                    "error reading [\(matches.joined(separator: " "))]: recognized file extensions "
                        + "are [.json .yaml .yml]"))
        }
    }

    /// The manifests of a folder, in the order of names; those below it only with `-R`.
    private func folder(_ path: String, _ entries: [String], _ isRecursive: Bool) -> [String] {
        let base = path.hasSuffix("/") ? String(path.dropLast()) : path
        return entries.sorted().flatMap { entry -> [String] in
            let child = base == "." ? entry : "\(base)/\(entry)"
            if let below = context.files.entries(child) {
                // kubectl follows no links to folders (`filepath.Walk`).
                return isRecursive && !context.files.isLink(child)
                    ? folder(child, below, true) : []
            }
            return Self.endings.contains { entry.hasSuffix($0) } ? [child] : []
        }
    }

    /// The paths that a pattern such as `manifests/*.yaml` stands for.
    private func matches(_ pattern: String) -> [String] {
        guard pattern.contains(where: { "*?[".contains($0) }) else { return [] }
        var found = [pattern.hasPrefix("/") ? "/" : ""]
        for part in pattern.split(separator: "/") {
            let glob = Glob(String(part))
            found = found.flatMap { base -> [String] in
                (context.files.entries(base.isEmpty ? "." : base) ?? []).filter(glob.matches)
                    .map { base.isEmpty || base == "/" ? base + $0 : "\(base)/\($0)" }
            }
        }
        return found
    }
}
