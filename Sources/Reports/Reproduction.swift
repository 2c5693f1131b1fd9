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

    /// A title that begins with a dash would be taken for a flag if it stood alone.
    private static func filter(_ title: String) -> [String] {
        if title.isEmpty { return [] }
        return title.hasPrefix("-") ? ["--filter=\(title)"] : ["--filter", title]
    }

    private static func path(_ path: String) -> [String] {
        path.hasPrefix("-") ? ["--", path] : [path]
    }
}
