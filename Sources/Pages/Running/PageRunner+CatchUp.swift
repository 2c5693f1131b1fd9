/// What a run does so that the rest of a page can go on as it does on the page.
extension PageRunner {
    /// Brings the number of a workload's pods to that of the page, where nothing else differs: the page has left
    /// a command out, and everything behind it would differ too. Answers the command.
    func catchUp(_ comparison: PageComparison) -> String? {
        let uneven = comparison.pods.filter { $0.value.page != $0.value.here }.sorted {
            $0.key < $1.key
        }
        guard uneven.count == 1, comparison.differences.count == 1,
            let (name, count) = uneven.first,
            (1...100).contains(count.page), let workload = world.scalable(name)
        else { return nil }
        let space = workload.namespace == "default" ? "" : " -n \(workload.namespace)"
        let command = "kubectl scale \(workload.resource) --replicas=\(count.page)\(space)"
        guard !world.run(command).hasFailed else { return nil }
        _ = world.wait(milliseconds: PageTiming.patience) { false }
        return command
    }

    /// Deletes what a command wants to make and what is there already: pages give several ways to one thing, and
    /// a reader who tries the second has to take away what the first made. Answers what there is to say.
    func replaceExisting(_ outcome: PageOutcome, _ text: String) -> String? {
        let verbs: Set<String> = ["create", "run", "expose", "autoscale"]
        guard outcome.problem == nil, let verb = PageCommands.verb(of: text), verbs.contains(verb),
            let found = outcome.output.split(separator: "\n").lazy.compactMap(Self.existing).first
        else { return nil }
        let words = PageText.words(text)
        var space = ""
        if let place = words.firstIndex(where: { $0 == "-n" || $0 == "--namespace" }),
            place + 1 < words.count
        {
            space = " -n \(words[place + 1])"
        }
        // What belongs to a namespace, or to the cluster, is not a reader's to replace.
        let kept: Set<String> = ["namespaces", "nodes", "serviceaccounts"]
        guard !kept.contains(found.resource) else { return nil }
        let deletion = "kubectl delete \(found.resource) \(found.name)\(space) --grace-period=1"
        guard !world.run(deletion).hasFailed else { return nil }
        let stem = found.resource.prefix { $0 != "." }.dropLast()
        let maker = makers.first { $0.key.hasSuffix("/\(found.name)") && $0.key.hasPrefix(stem) }
        let line = maker.map { ", since line \($0.value)" } ?? ""
        return
            "\(found.resource) \"\(found.name)\" is there already\(line): a reader has to delete it"
            + " first, and so does this run"
    }

    /// `pods` and `web` of `… pods "web" already exists`.
    private static func existing(_ line: Substring) -> (resource: String, name: String)? {
        guard line.hasSuffix("already exists") else { return nil }
        let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
        guard parts.count >= 3, let resource = parts[parts.count - 3].split(separator: " ").last
        else {
            return nil
        }
        return (String(resource), String(parts[parts.count - 2]))
    }

    /// The objects that kubectl says it has made, such as `pod/web`.
    static func made(_ output: String) -> [String] {
        output.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 2, words[0].contains("/"),
                ["created", "exposed", "autoscaled"].contains(words[1])
            else { return nil }
            return String(words[0])
        }
    }
}
