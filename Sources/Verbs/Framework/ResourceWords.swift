import Model

/// What the words after a verb say, before any kind is looked up.
///
/// Source: cli-runtime's resource.Builder, ResourceTypeOrNameArgs.
enum ResourceWords {
    case none
    /// `TYPE` or `TYPE,TYPE`: categories such as `all` are taken apart.
    case kinds(String)
    /// `TYPE NAME …`
    case names(kind: String, [String])
    /// `TYPE/NAME …`, or `TYPE,TYPE NAME …`, each with each.
    case pairs([(kind: String, name: String)])

    /// Reads `words`; what is wrong with them is added to `problems`.
    static func parse(
        _ words: [String], _ kinds: KindRegistry, _ problems: inout [VerbError]
    ) -> ResourceWords {
        do throws(VerbError) {
            return try parse(words, kinds)
        } catch {
            problems.append(error)
            return .none
        }
    }

    static func parse(
        _ words: [String], _ kinds: KindRegistry
    ) throws(VerbError) -> ResourceWords {
        let words = combined(words)
        guard let first = words.first else { return .none }
        let slashes = words.count { $0.contains("/") }
        if slashes == words.count {
            var pairs: [(kind: String, name: String)] = []
            for word in words { pairs.append(try pair(word)) }
            return .pairs(pairs)
        }
        if slashes > 0 {
            throw .message(
                "there is no need to specify a resource type as a separate argument when passing "
                    + "arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' "
                    + "instead of 'kubectl get resource resource/<resource_name>'")
        }
        let kind = parts(of: first).map { expanded($0, kinds) }.joined(separator: ",")
        return words.count == 1 ? .kinds(kind) : .names(kind: kind, Array(words.dropFirst()))
    }

    /// `a,b c d` becomes `a/c a/d b/c b/d`.
    private static func combined(_ words: [String]) -> [String] {
        guard words.count > 1 else { return words }
        let kinds = parts(of: words[0])
        guard kinds.count > 1 else { return words }
        return kinds.flatMap { kind in words.dropFirst().map { "\(kind)/\($0)" } }
    }

    /// The parts between commas, each once.
    private static func parts(of word: String) -> [String] {
        var found: [String] = []
        for part in word.split(separator: ",", omittingEmptySubsequences: false) {
            if !found.contains(String(part)) { found.append(String(part)) }
        }
        return found
    }

    /// The kinds of a category such as `all`; any other name as it is.
    private static func expanded(_ name: String, _ kinds: KindRegistry) -> String {
        let members = kinds.kinds(inCategory: name)
        return members.isEmpty
            ? name : members.map { kinds[$0].qualifiedPlural }.joined(separator: ",")
    }

    private static func pair(_ word: String) throws(VerbError) -> (kind: String, name: String) {
        let halves = word.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if halves.count > 2 {
            throw .message("arguments in resource/name form may not have more than one slash")
        }
        if halves[0].isEmpty || halves[1].isEmpty || parts(of: halves[0]).count > 1 {
            throw .message(
                "arguments in resource/name form must have a single resource and name")
        }
        return (halves[0], halves[1])
    }
}
