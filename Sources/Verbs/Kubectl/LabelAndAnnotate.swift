import Model
import Printers
import Support
import Value

extension Verb {
    /// `kubectl label`.
    static let label = MetadataEditing.label.verb
    /// `kubectl annotate`.
    static let annotate = MetadataEditing.annotate.verb
}

/// `label` and `annotate`: the same verb on two maps of the metadata.
private enum MetadataEditing: Sendable {
    case label, annotate

    var verb: Verb {
        let noun = self == .label ? "label" : "annotation"
        var verb = Verb(
            self == .label ? "label" : "annotate", summary: "Set or remove \(noun)s of objects")
        verb.usage = "[--overwrite] (-f FILE | TYPE NAME) KEY=VALUE … KEY- … [flags]"
        verb.examples =
            self == .label
            ? ["label node node-1 disk=ssd", "label pods -l app=web tier-"]
            : ["annotate deploy web kubernetes.io/change-cause='first release'"]
        verb.flags = [
            .filename, .recursive, .kustomize, .output, .selector, .fieldSelector, .all,
            .allNamespaces, .dryRun, .record, .overwrite, .local, .template,
            .allowMissingTemplateKeys, .fieldManager,
            .showManagedFields,
            Flag("list", nil, .bool, "print the \(noun)s"),
            Flag("resource-version", nil, .string, "only when the object has this version"),
        ]
        verb.completes = .resources
        verb.run = { call in try run(call) }
        return verb
    }

    private var field: Key { self == .label ? .labels : .annotations }

    private struct Changes {
        var set: [(key: String, text: String)] = []
        var removed: [String] = []
    }

    private func run(_ call: VerbCall) throws {
        let (words, changes) = try split(call)
        // `label` looks at what is to change first, `annotate` at what is named.
        if self == .annotate { try check(words, call) }
        if changes.set.isEmpty, changes.removed.isEmpty, !call.flags.bool("list") {
            if words.isEmpty, !call.hasFiles {
                throw VerbError.message(
                    "one or more resources must be specified as <resource> <name> or "
                        + "<resource>/<name>")
            }
            throw VerbError.message(
                "at least one \(self == .label ? "label" : "annotation") update is required")
        }
        try check(words, call)
        _ = try call.dryRun()
        let printer = try ResultPrinter(call)
        var query = ObjectQuery(call, words, allowsKindAlone: call.flags.bool("all"))
        query.isLocal = call.flags.bool("local")
        let found = try query.run()
        // Whether one object was meant, as far as the words tell (IntoSingleItemImplied).
        let isSingle =
            found.entries.count + found.unread.count == 1
            && !["all", "selector", "field-selector"].contains(where: { call.flags.has($0) })
        if call.flags.has("resource-version"), !isSingle {
            throw VerbError.message("--resource-version may only be used with a single resource")
        }
        try call.forEach(found) { object throws(VerbError) in
            try edit(object, changes, call, printer)
        }
    }

    /// What kubectl itself finds wrong with the objects that are named.
    private func check(_ words: [String], _ call: VerbCall) throws(VerbError) {
        for flag in ["selector", "field-selector"]
        where call.flags.bool("all") && !call.flags.string(flag).isEmpty {
            throw .message("cannot set --all and --\(flag) at the same time")
        }
        guard call.flags.bool("local") else {
            if !words.isEmpty || call.hasFiles { return }
            throw .message(
                "one or more resources must be specified as <resource> <name> or <resource>/<name>")
        }
        let example = self == .label ? "pod" : "rsrc"
        try call.refuseServerDryRun()
        if !words.isEmpty {
            throw .message(
                "can only use local files by -f \(example).yaml or --filename=\(example).json when "
                    + "--local=true is set")
        }
        if !call.hasFiles {
            throw .message(
                "one or more files must be specified as -f \(example).yaml or "
                    + "--filename=\(example).json")
        }
    }

    /// Resources first, then `key=value` and `key-`.
    private func split(
        _ call: VerbCall
    ) throws(VerbError) -> (words: [String], changes: Changes) {
        var words: [String] = []
        var changes = Changes()
        var hasChanges = false
        for word in call.arguments {
            if let equals = word.firstIndex(of: "="), equals != word.startIndex {
                hasChanges = true
                let text = String(word[word.index(after: equals)...])
                if self == .label { try checkLabel(word, text) }
                changes.set.append((String(word[..<equals]), text))
            } else if word.hasSuffix("-"), word.count > 1 {
                hasChanges = true
                changes.removed.append(String(word.dropLast()))
            } else if hasChanges {
                throw .message(
                    "all resources must be specified before "
                        + "\(self == .label ? "label" : "annotation") changes: \(word)")
            } else {
                words.append(word)
            }
        }
        let both = changes.removed.filter { key in changes.set.contains { $0.key == key } }
        if !both.isEmpty {
            throw .message(
                self == .label
                    ? "can not both modify and remove a label in the same command"
                    : "can not both modify and remove the following annotation(s) in the same "
                        + "command: \(both.joined(separator: ","))")
        }
        return (words, changes)
    }

    /// kubectl itself looks at the values of labels. Source: kubectl's label command, parseLabels.
    private func checkLabel(_ word: String, _ text: String) throws(VerbError) {
        if text.contains("=") { throw .message("invalid label spec: \(word)") }
        let problems = NameRules.labelValue(text)
        if !problems.isEmpty {
            throw .message(
                "invalid label value: \(Printers.GoSyntax.quoted(word)): "
                    + problems.joined(separator: ";"))
        }
    }

    private func edit(
        _ object: FoundObject, _ changes: Changes, _ call: VerbCall, _ printer: ResultPrinter
    ) throws(VerbError) {
        let present = object.value[.metadata][field].fields
        if call.flags.bool("list") {
            for entry in present.sortedByName {
                call.context.output.line("\(entry.key.name)=\(entry.value.string ?? "")")
            }
            if changes.set.isEmpty, changes.removed.isEmpty { return }
        }
        try checkOverwrite(present, changes, call, object)
        for key in changes.removed where present[key].isNull && self == .label {
            call.context.output.line("label \"\(key)\" not found.")
        }
        let added = changes.set.contains { present[$0.key].string != $0.text }
        let removed = changes.removed.contains { !present[$0].isNull }
        let result = try call.patch(object, in: .merge) { value throws(VerbError) in
            for (key, text) in changes.set { value[.metadata][field][key] = Value(text) }
            for key in changes.removed where !present[key].isNull {
                value[.metadata][field][key] = .null
            }
            // The server refuses a patch of another version than its own.
            let version = call.flags.string("resource-version")
            if !version.isEmpty { value[.metadata][.resourceVersion] = Value(version) }
        }
        let outcome: String
        if self == .annotate {
            outcome = "annotated"
        } else {
            outcome =
                switch (added, removed) {
                case (true, true): "modified"
                case (true, false): "labeled"
                case (false, true): "unlabeled"
                case (false, false): "not labeled"
                }
        }
        try printer.confirm(
            result ?? object, outcome, dryRun: try call.dryRun())
    }

    private func checkOverwrite(
        _ present: Object, _ changes: Changes, _ call: VerbCall, _ object: FoundObject
    ) throws(VerbError) {
        guard !call.flags.bool("overwrite") else { return }
        // A change cause may always be overwritten: that is how it is told since --record is deprecated.
        for (key, text) in changes.set where key != ChangeCause.annotation {
            guard let old = present[key].string else { continue }
            if self == .label {
                if old != text {
                    throw .message(
                        "'\(key)' already has a value (\(old)), and --overwrite is false")
                }
            } else {
                throw .message(
                    "--overwrite is false but found the following declared annotation(s): "
                        + "'\(key)' already has a value (\(old))")
            }
        }
    }
}
