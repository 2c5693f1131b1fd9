import Patterns
import Tools

/// From a pattern to the files that it names.
enum PathExpansion {
    /// The paths that fit, part by part, in byte order; none where the pattern names no file. A name
    /// that begins with a dot fits only a part that does.
    static func paths(_ pattern: String, in context: ToolContext) -> [String] {
        var found = [pattern.hasPrefix("/") ? "/" : ""]
        for part in pattern.split(separator: "/") {
            let glob = Glob(String(part))
            found = found.flatMap { base in
                entries(fitting: glob, part, in: base, context).map { base + $0 }
            }
            // Folders alone have more below them.
            guard part.endIndex < pattern.endIndex else { continue }
            found = found.filter { context.files.kind(of: context.resolve($0)) == .directory }
                .map { $0 + "/" }
        }
        return found
    }

    private static func entries(
        fitting glob: Glob, _ part: Substring, in base: String, _ context: ToolContext
    ) -> [String] {
        let folder = context.resolve(base.isEmpty ? "." : base)
        if let name = glob.plainText {
            let path = context.resolve(base + name)
            return context.files.kind(of: path) == nil ? [] : [name]
        }
        guard let names = try? context.files.list(folder) else { return [] }
        return names.filter {
            (!$0.hasPrefix(".") || part.hasPrefix(".")) && glob.matches($0)
        }
    }
}
