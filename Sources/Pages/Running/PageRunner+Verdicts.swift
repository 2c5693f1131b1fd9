/// What is said of a command that ran.
extension PageRunner {
    func verdict(
        _ command: PageCommand, _ outcome: PageOutcome, _ comparison: PageComparison,
        _ remarks: [String]
    ) -> PageItem.Verdict {
        let showsError = command.output.contains { line in
            let text = PageText.trimmed(line)
            return text.hasPrefix("error") || text.hasPrefix("Error") || text.contains("not found")
                || text.hasPrefix("The ") && text.contains("is invalid")
        }
        let isShown = command.output.contains { !PageText.isBlank($0) }
        if outcome.hasFailed, !(showsError && outcome.problem == nil) {
            if Unsimulated.asksStranger(command.text) {
                return .notSimulated("an address that is none of this cluster")
            }
            if Unsimulated.asksMachine(command.text, outcome.output) {
                return .notSimulated(
                    inside == nil
                        ? "a file of a machine, which is not simulated"
                        : "a file of an image that is not known here")
            }
            return failure(outcome, isShown ? comparison.differences : [])
        }
        if !comparison.isSame, let name = comparison.strangers.first,
            comparison.differences.count == 1,
            comparison.strangers.count > 0, !world.hasEverHad(name)
        {
            return .notSimulated("nothing on the page makes \(name)")
        }
        if !comparison.isSame { return .differs(remarks + comparison.differences) }
        if !remarks.isEmpty { return .differs(remarks) }
        return isShown ? .asPrinted : .ran
    }

    /// A failure that the page does not show.
    private func failure(_ outcome: PageOutcome, _ differences: [String]) -> PageItem.Verdict {
        if Unsimulated.says(outcome.output) { return .notSimulated(Self.firstLine(outcome.output)) }
        if let problem = outcome.problem, problem.hasPrefix("unknown command") {
            return .notSimulated(problem)
        }
        // `grep` ends so where nothing is found, and a page that shows nothing agrees with that.
        if outcome.output.isEmpty, outcome.problem == nil {
            return differences.isEmpty ? .ran : .differs(differences)
        }
        let lines = outcome.output.split(separator: "\n").map(String.init)
        if outcome.problem == nil, let name = lines.lazy.compactMap(Self.missingObject).first,
            !world.hasEverHad(name)
        {
            return .notSimulated("nothing on the page makes \(name)")
        }
        if lacksFiles, lines.contains(where: { $0.hasPrefix("No resources found") }) {
            return .notSimulated("nothing on the page makes what it shows")
        }
        if lines.contains(where: { $0.hasPrefix("cd: ") }) {
            return .notSimulated("a folder that the page does not show")
        }
        if let revision = lines.lazy.compactMap(Self.missingRevision).first {
            return .notSimulated("nothing on the page makes \(revision)")
        }
        let reason = lines.first { $0.contains("rror") || $0.contains("invalid") } ?? lines.last
        return .failed(outcome.problem ?? reason ?? "failed")
    }

    /// The name in `Error from server (NotFound): pods "web" not found`.
    private static func missingObject(_ line: String) -> String? {
        guard line.contains("NotFound"), line.hasSuffix("not found") else { return nil }
        let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
        return parts.count >= 3 ? String(parts[1]) : nil
    }

    /// A revision that an earlier change would have made which the page leaves out.
    private static func missingRevision(_ line: String) -> String? {
        if line.hasPrefix("error: no rollout history found") { return "a second revision" }
        if line.hasPrefix("error: unable to find the specified revision") {
            return "that revision"
        }
        guard let range = line.firstRange(of: "unable to find specified revision ") else {
            return nil
        }
        return "revision \(line[range.upperBound...].prefix { $0 != " " })"
    }
}
