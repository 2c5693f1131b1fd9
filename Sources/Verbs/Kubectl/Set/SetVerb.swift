import Cluster
import Model
import Support
import Value

extension Verb {
    /// `kubectl set` with its subcommands.
    static let set: Verb = {
        var verb = Verb("set", summary: "Change parts of objects: image, env, resources, selector")
        verb.subverbs = [
            .setImage, .setEnv, .setResources, .setSelector, .setServiceAccount, .setSubject,
        ]
        return verb
    }()

    static let setFlags: [Flag] = [
        .filename, .recursive, .kustomize, .output, .selector, .all, .dryRun, .record, .local,
        .template, .fieldManager, .showManagedFields,
    ]
}

/// What the subcommands of `set` have in common: resources, then changes, then patches and a word.
struct SetCommand {
    let call: VerbCall

    /// Splits the arguments at the first word for which `isChange` holds.
    func split(_ isChange: (String) -> Bool) -> (words: [String], changes: [String]) {
        let index = call.arguments.firstIndex(where: isChange) ?? call.arguments.endIndex
        return (Array(call.arguments[..<index]), Array(call.arguments[index...]))
    }

    /// The objects to change: named ones, or with `--all` all of the kinds.
    func targets(_ words: [String]) throws(VerbError) -> (
        objects: [FoundObject], errors: [VerbError]
    ) {
        if words.isEmpty, !call.flags.has("filename"), !call.flags.has("kustomize") {
            throw .message(VerbCall.resourceRequired)
        }
        if call.flags.bool("local") {
            return (try call.manifests(), [])
        }
        return try call.find(words, allowsKindAlone: false)
    }

    /// Changes each object and says `… image updated` where something changed; nothing is printed where
    /// nothing did, as kubectl does.
    func update(
        _ words: [String], _ what: String,
        _ change: (inout Value, KindInfo) throws(VerbError) -> Void
    ) throws {
        let dryRun = try call.dryRun()
        let printer = try ResultPrinter(call)
        let (objects, errors) = try targets(words)
        try call.forEach(objects, after: errors) { object throws(VerbError) in
            let result = try call.patch(object) { value throws(VerbError) in
                try change(&value, object.info)
            }
            guard let result else { return }
            try printer.confirm(result, "\(what) updated", dryRun: dryRun)
        }
    }

    /// The path of the pod spec, or the error of kinds without one.
    func podSpec(_ info: KindInfo) throws(VerbError) -> [Key] {
        guard let path = PodTemplatePath.podSpec(info.kind) else {
            throw .message("the object is not a pod or does not have a pod template: \(info.name)")
        }
        return path
    }

    /// Whether `--containers` picks a container of this name.
    func isSelected(_ name: String) -> Bool {
        call.flags.string("containers").split(separator: ",").contains { pattern in
            WildCard.matches(String(pattern), name)
        }
    }

    /// `name=value` words.
    static func pairs(
        _ words: [String], _ what: String
    ) throws(VerbError) -> [(name: String, text: String)] {
        var found: [(name: String, text: String)] = []
        for word in words {
            guard let equals = word.firstIndex(of: "="), equals != word.startIndex else {
                throw .message("all resources must be specified before \(what) changes: \(word)")
            }
            found.append((String(word[..<equals]), String(word[word.index(after: equals)...])))
        }
        return found
    }
}

/// Names with `*` for any text.
enum WildCard {
    static func matches(_ pattern: String, _ text: String) -> Bool {
        if pattern == "*" { return true }
        guard pattern.contains("*") else { return pattern == text }
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        var rest = text[...]
        for (index, part) in parts.enumerated() {
            if index == 0 {
                guard rest.hasPrefix(part) else { return false }
                rest = rest.dropFirst(part.count)
            } else if index == parts.count - 1 {
                return rest.hasSuffix(part)
            } else if !part.isEmpty {
                guard let range = rest.firstRange(of: part) else { return false }
                rest = rest[range.upperBound...]
            }
        }
        return true
    }
}
