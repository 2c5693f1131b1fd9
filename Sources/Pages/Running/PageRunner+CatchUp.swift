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
    /// a reader who tries the second has to take away what the first made. What the command has made besides
    /// goes too, so that it can run again. Answers what there is to say.
    func replaceExisting(_ outcome: PageOutcome, _ text: String) -> [String]? {
        let found = outcome.output.split(separator: "\n").compactMap(Self.existing)
        // What belongs to a namespace, or to the cluster, is not a reader's to replace.
        let kept: Set<String> = ["namespaces", "nodes", "serviceaccounts"]
        guard outcome.problem == nil, !found.isEmpty,
            !found.contains(where: { kept.contains($0.resource) })
        else { return nil }
        let flag = PageCommands.namespace(in: PageText.words(text))
        var remarks: [String] = []
        for (resource, name) in found {
            let space = flag ?? space(of: name, resource, text)
            let deletion = "kubectl delete \(resource) \(name) -n \(space) --grace-period=1"
            guard !world.run(deletion).hasFailed else { return nil }
            let stem = resource.prefix { $0 != "." }.dropLast()
            let maker = makers.first { $0.key.hasSuffix("/\(name)") && $0.key.hasPrefix(stem) }
            let line = maker.map { ", since line \($0.value)" } ?? ""
            remarks.append(
                "\(resource) \"\(name)\" is there already\(line): a reader has to delete it"
                    + " first, and so does this run")
        }
        for object in Self.made(outcome.output) {
            let space = flag.map { " -n \($0)" } ?? ""
            _ = world.run("kubectl delete \(object)\(space) --grace-period=1 --ignore-not-found")
        }
        return remarks
    }

    /// The namespace that a command without a flag is about: that of the manifest; else the one in force.
    private func space(of name: String, _ resource: String, _ text: String) -> String {
        for file in PageCommands.files(of: text) {
            guard let manifest = try? world.session.files.read(file) else { continue }
            for object in ManifestText.objects(manifest)
            where object[.metadata][.name].string == name {
                if let space = object[.metadata][.namespace].string { return space }
            }
        }
        let here = world.look("kubectl config view --minify -o jsonpath={..namespace}").output
        return here.isEmpty ? "default" : here
    }

    /// `pods` and `web` of `… pods "web" already exists`.
    private static func existing(_ line: Substring) -> (resource: String, name: String)? {
        line.hasSuffix("already exists") ? quoted(line) : nil
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
