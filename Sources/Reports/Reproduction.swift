/// The command that runs the first failure of a run again.
enum Reproduction {
    /// - Parameters:
    ///   - results: the scripts of the run, in order.
    ///   - command: how the run was called, without what chooses scripts and scenarios.
    /// - Returns: one line for a shell; nil when nothing failed.
    static func command(for results: [ScriptResult], _ command: [String]) -> String? {
        for result in results {
            if result.isRefused { return ShellWords.command(command + path(result.path)) }
            for scenario in result.scenarios where !scenario.isPassed && !scenario.isSkipped {
                let words =
                    command + ["--seed", "\(scenario.seed)"] + filter(scenario.title)
                    + path(result.path)
                return ShellWords.command(words)
            }
        }
        return nil
    }

    /// The command that tells what the codes mean which were shown, each once; nil where none was.
    static func explanation(of results: [ScriptResult]) -> String? {
        var codes: [String] = []
        for result in results {
            let shown =
                result.diagnostics.map(\.code)
                + result.scenarios.flatMap(\.problems).compactMap(\.code)
                + result.scenarios.flatMap(\.warnings).map(\.code)
            for code in shown where !codes.contains(code) { codes.append(code) }
        }
        guard results.exitCode != 0, !codes.isEmpty else { return nil }
        let more = codes.count > 5 ? " …" : ""
        return "drydock explain " + codes.prefix(5).joined(separator: " ") + more
    }

    /// A title that begins with a dash would be taken for a flag if it stood alone.
    private static func filter(_ title: String) -> [String] {
        if title.isEmpty { return [] }
        return title.hasPrefix("-") ? ["--filter=\(title)"] : ["--filter", title]
    }

    private static func path(_ path: String) -> [String] {
        path.hasPrefix("-") ? ["--", path] : [path]
    }
}
