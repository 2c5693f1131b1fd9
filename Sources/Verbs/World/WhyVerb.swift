import API
import Model
import Value

extension Verb {
    /// `why pod/web-3`: in plain words what something is like, because of what, and what would mend it.
    static let why: Verb = {
        var verb = Verb(
            "why", group: .world,
            summary: "Explain why something is as it is, and what would mend it")
        verb.usage =
            "[gone] (TYPE/NAME | TYPE [NAME]) [[not] STATE | [not] NUMBER [replicas]] [--nodes] [-o json]"
        verb.examples = [
            "why", "why pod/web-0", "why pod/web-0 pending", "why deployment/web not 5 replicas",
            "why gone pod/web-0", "why node/worker-1 not ready", "why pods",
            "why pod/web-0 --nodes",
        ]
        verb.flags = [
            Flag(
                "nodes", nil, .bool,
                "of a pod: every node with what each plugin of the scheduler says of it"),
            Flag("output", "o", .string, "text, or json for programs", choices: ["text", "json"]),
            .namespace,
        ]
        verb.completes = .resources
        verb.run = { call in try Asking(call: call).run() }
        return verb
    }()
}

/// Takes the words of a question apart, and shows the answer.
private struct Asking {
    let call: VerbCall

    func run() throws {
        let question = try question()
        let format = call.flags.string("output")
        guard ["", "text", "json"].contains(format) else {
            throw VerbError.message("why shows text or json, not \(format)")
        }
        let findings: [Finding]
        do throws(WhyProblem) {
            findings = try call.context.session.explain(question)
        } catch {
            throw VerbError.message(error.message)
        }
        if format == "json" {
            let values = findings.map(WhyText.value)
            let value = values.count == 1 ? values[0] : .array(values)
            return call.context.output.line(JSON.text(value, style: .kubectl))
        }
        for finding in findings {
            for line in WhyText.lines(finding, now: call.context.clock.now) {
                call.context.output.line(line)
            }
        }
    }

    // MARK: The question

    private func question() throws(VerbError) -> WhyQuestion {
        var words = call.arguments[...]
        let isGone = words.first == "gone"
        if isGone { words.removeFirst() }
        let showsNodes = call.flags.bool("nodes")
        guard let first = words.first else {
            if isGone { throw .message("why gone takes an object, as in: why gone pod/web-1") }
            try checkNodes(showsNodes, nil)
            return WhyQuestion(.everything, namespace: call.namespace)
        }
        words.removeFirst()
        let subject: WhyQuestion.Subject
        if let slash = first.firstIndex(of: "/") {
            let info = try call.resources.info(String(first[..<slash]))
            subject = object(info, String(first[first.index(after: slash)...]), isGone)
        } else {
            let infos = try call.resources.infos(first)
            guard infos.count == 1 else {
                throw .message("why takes one kind or object; \(first) are several")
            }
            if let name = words.first, claim(words) == nil {
                words.removeFirst()
                subject = object(infos[0], name, isGone)
            } else {
                if isGone { throw .message("why gone takes an object, as in: why gone pod/web-1") }
                subject = .kind(infos[0].storedKind)
            }
        }
        try checkNodes(showsNodes, subject)
        return WhyQuestion(
            subject, claim: try checkedClaim(words, subject, isGone), namespace: call.namespace,
            showsNodes: showsNodes)
    }

    private func object(
        _ info: KindDescriptor, _ name: String, _ isGone: Bool
    ) -> WhyQuestion.Subject {
        let key = ObjectKey(namespace: call.namespace(of: info), name: name)
        return isGone ? .gone(info.storedKind, key) : .object(info.storedKind, key)
    }

    private func checkNodes(
        _ showsNodes: Bool, _ subject: WhyQuestion.Subject?
    ) throws(VerbError) {
        guard showsNodes else { return }
        if case .object(.pod, _) = subject { return }
        throw .message("--nodes is for one pod, as in: why pod/web-3 --nodes")
    }

    // MARK: Claims

    private func checkedClaim(
        _ words: ArraySlice<String>, _ subject: WhyQuestion.Subject, _ isGone: Bool
    ) throws(VerbError) -> WhyQuestion.Claim? {
        if words.isEmpty { return nil }
        let text = words.joined(separator: " ")
        guard let claim = claim(words) else {
            throw .message(
                "why understands no `\(text)`: write a state (pending, not ready), or a number "
                    + "(not 5 replicas)")
        }
        if isGone { throw .message("why gone takes no `\(text)`: it asks where an object is") }
        if case .kind = subject {
            throw .message("`\(text)` is asked of one object, as in: why pod/web-3 \(text)")
        }
        return claim
    }

    /// `pending`, `not ready`, `0`, `not 5 replicas`.
    private func claim(_ words: ArraySlice<String>) -> WhyQuestion.Claim? {
        var words = words
        var isNegated = false
        while let word = words.first, ["is", "has", "not"].contains(word) {
            isNegated = isNegated || word == "not"
            words.removeFirst()
        }
        guard let word = words.first else { return nil }
        if let count = Int(word), count >= 0 {
            let rest = words.dropFirst()
            let isPlain = rest.isEmpty || rest.count == 1 && Self.nouns.contains(rest.first ?? "")
            return isPlain ? .count(count, isNegated: isNegated) : nil
        }
        guard words.count == 1, isNegated || WhyText.states.contains(word.lowercased()) else {
            return nil
        }
        return .state(word.lowercased(), isNegated: isNegated)
    }

    private static let nouns: Set<String> = ["replicas", "replica", "pods", "pod"]
}

extension WhyText {
    /// The states that a question may claim.
    package static let states: [String] = [
        "available", "bound", "complete", "cordoned", "crashing", "deleted", "evicted", "failed",
        "lost", "paused", "pending", "progressing", "ready", "released", "restarting", "running",
        "schedulable", "scheduled", "stuck", "succeeded", "suspended", "terminating",
    ]
}
