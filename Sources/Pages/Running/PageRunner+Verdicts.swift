/// What is said of a command that ran.
extension PageRunner {
    func verdict(
        _ command: PageCommand, _ outcome: PageOutcome, _ comparison: PageComparison,
        _ remarks: [String], _ item: PageItem
    ) -> PageItem.Verdict {
        let showsError = Self.showsError(command)
        let isShown = command.output.contains { !PageText.isBlank($0) }
        if outcome.hasFailed, !(showsError && outcome.problem == nil) {
            if Unsimulated.asksStranger(item.ranAs ?? command.text) {
                return .notSimulated("an address that is none of this cluster")
            }
            if Unsimulated.asksMachine(command.text, outcome.output) {
                return .notSimulated(
                    inside == nil
                        ? "a file of a machine, which is not simulated"
                        : "a file of an image that is not known here")
            }
            return failure(command, outcome, isShown ? comparison.differences : [])
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

    /// Whether the page shows that a command fails.
    static func showsError(_ command: PageCommand) -> Bool {
        command.output.contains { line in
            let text = PageText.trimmed(line)
            let starts = ["error", "Error", "command terminated with exit code", "curl: ("]
            return starts.contains(where: text.hasPrefix) || text.contains("not found")
                || text.hasPrefix("The ") && text.contains("is invalid")
        }
    }

    /// A failure that the page does not show.
    private func failure(
        _ command: PageCommand, _ outcome: PageOutcome, _ differences: [String]
    ) -> PageItem.Verdict {
        if Unsimulated.says(outcome.output) { return .notSimulated(Self.firstLine(outcome.output)) }
        if let problem = outcome.problem, problem.hasPrefix("unknown command") {
            return .notSimulated(problem)
        }
        // `grep` ends so where nothing is found, and a page that shows nothing agrees with that.
        if outcome.output.isEmpty, outcome.problem == nil {
            return differences.isEmpty ? .ran : .differs(differences)
        }
        let lines = outcome.output.split(separator: "\n").map(String.init)
        if outcome.problem == nil {
            if let reason = absence(lines) { return .notSimulated(reason) }
            if let (error, cause) = refusal(lines, command) {
                return .refused(error: error, cause: cause)
            }
            let unknown = uncertainty(command) ?? unknownServer(command, outcome) ?? want(command)
            if let unknown { return .notSimulated(unknown) }
            if Self.saysThatItFails(command.remark) {
                return differences.isEmpty ? .ran : .differs(differences)
            }
            if let host = Unsimulated.stranger(in: outcome.output) ?? strangerOfPod(command) {
                return .notSimulated("\(host) is outside of the cluster")
            }
        }
        let reason = lines.first { $0.contains("rror") || $0.contains("invalid") } ?? lines.last
        return .failed(outcome.problem ?? reason ?? "failed")
    }

    /// What a command is about and what nothing on the page makes.
    private func absence(_ lines: [String]) -> String? {
        if let (resource, name) = lines.lazy.compactMap(Self.missingObject).first {
            if !world.hasEverHad(name) { return "nothing on the page makes \(name)" }
            if !world.hasEverHad(name, resource: resource) {
                return "nothing on the page makes \(resource) \"\(name)\""
            }
        }
        if lacksFiles, lines.contains(where: { $0.hasPrefix("No resources found") }) {
            return "nothing on the page makes what it shows"
        }
        if lines.contains(where: { $0.hasPrefix("cd: ") || $0.contains(": cd: can't cd to /") }) {
            return inside == nil
                ? "a folder that the page does not show"
                : "a folder of an image that is not known here"
        }
        if let revision = lines.lazy.compactMap(Self.missingRevision).first {
            return "nothing on the page makes \(revision)"
        }
        if lines.contains(where: { $0.hasPrefix("error: Metrics API not available") }) {
            return "nothing is measured until a `load` says what pods use"
        }
        if let line = lines.first(where: { $0.contains("]: recognized file extensions are [") }) {
            return
                "the page does not show what is in \(line.drop { $0 != "[" }.dropFirst().prefix { $0 != "]" })"
        }
        let start = "error: error reading "
        if let line = lines.first(where: { $0.hasPrefix(start) }),
            line.hasSuffix("no such file or directory")
        {
            let file = line.dropFirst(start.count).prefix { $0 != ":" }
            return "the page does not show \(file)"
        }
        return nil
    }

    /// Why it cannot be known what a command is to do: it is about an object that an editor has changed in a way
    /// that the page does not show, or the shell that it runs in is in a folder that is not known here.
    private func uncertainty(_ command: PageCommand) -> String? {
        if let inside, let folder = inside.lostFolder {
            return "it runs in \(folder), a folder of an image that is not known here"
        }
        let words = PageText.words(command.text).map { Self.lastPart($0) }
        let names = words + (inside.map { [$0.pod] } ?? [])
        guard let name = names.first(where: { unsure[$0] != nil }), let line = unsure[name] else {
            return nil
        }
        return "line \(line) has changed \(name) in an editor, and the page does not show how"
    }

    /// Words behind a command with which the page says that it is to fail.
    private static func saysThatItFails(_ remark: String) -> Bool {
        let signs = [
            "not work", "n't work", "will fail", "should fail", "must fail", "fails", "denied",
            "timed out", "time out", "times out", "timeout error", "be refused", "is refused",
            "an error", "no access", "not be able", "失败", "報錯", "报错", "拒绝", "无法", "不能", "超时",
        ]
        let text = remark.lowercased()
        return signs.contains(where: text.contains)
    }

    /// The address outside of the cluster that a container of a command's pod has asked for in vain.
    private func strangerOfPod(_ command: PageCommand) -> String? {
        guard let pod = inside?.pod ?? PageContainer.pod(of: command.text) else { return nil }
        let logs = world.look("kubectl logs \(pod) --all-containers=true --ignore-errors=true")
        return Unsimulated.stranger(in: logs.output)
    }

    /// The object in `Error from server (NotFound): pods "web" not found`.
    private static func missingObject(_ line: String) -> (resource: String, name: String)? {
        guard line.contains("NotFound"), line.hasSuffix("not found") else { return nil }
        return quoted(line)
    }

    /// `pods` and `web` of `… pods "web" not found`.
    static func quoted(_ line: some StringProtocol) -> (resource: String, name: String)? {
        let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
        guard parts.count >= 3, let resource = parts[parts.count - 3].split(separator: " ").last
        else { return nil }
        return (String(resource), String(parts[parts.count - 2]))
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
