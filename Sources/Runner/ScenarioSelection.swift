import Support

/// Which scenarios of a run are wanted, and what there was to choose from.
package struct ScenarioSelection {
    private let choice: ScenarioChoice
    /// The scenarios of the script at work that are wanted, if not all that the choice takes.
    private var only: Set<ScenarioIdentity>?
    private var offered: [OfferedScenario] = []
    private(set) package var count = 0
    /// Whether the filter is the whole title of a scenario of the script at work, which then is meant:
    /// so that a run can be repeated of one scenario whose title others begin with.
    private var isWholeTitle = false

    package init(_ choice: ScenarioChoice) { self.choice = choice }

    /// Begins with a script of these scenarios.
    mutating func begin(_ titles: [String], only: [ScenarioIdentity]? = nil) {
        isWholeTitle = titles.contains(choice.filter)
        self.only = only.map { Set($0) }
    }

    /// Whether a scenario is wanted.
    ///
    /// - Parameters:
    ///   - title: or the path of a script that is one scenario itself.
    ///   - lines: where it stands; nil for everywhere.
    mutating func selects(
        _ title: String, tags: [String], identity: ScenarioIdentity, lines: ClosedRange<Int>? = nil
    ) -> Bool {
        let filter = choice.filter
        let wanted = choice.wantedTags
        let unwanted = choice.unwantedTags
        let isWanted =
            (filter.isEmpty || (isWholeTitle ? title == filter : title.contains(filter)))
            && (wanted.isEmpty || tags.contains { wanted.contains($0) })
            && !tags.contains { unwanted.contains($0) }
            && (choice.shard?.holds(identity) ?? true)
            && (only?.contains(identity) ?? true)
            && (choice.line.map { lines?.contains($0) ?? true } ?? true)
        if isWanted {
            count += 1
            offered = []
        } else if count == 0 {
            offered.append(OfferedScenario(title: title, tags: tags))
        }
        return isWanted
    }

    /// What there was to select from since the last look, where nothing was selected.
    mutating func takeAccount() -> FileAccount {
        var account = FileAccount()
        account.selected = count
        account.offered = offered
        (count, offered) = (0, [])
        return account
    }

    /// Takes in what was selected elsewhere.
    package mutating func add(_ account: FileAccount) {
        count += account.selected
        if count == 0 { offered += account.offered } else { offered = [] }
    }

    /// What to say when something was asked for and nothing has it: with the nearest that there
    /// is. Nil when something was selected, or when there was nothing to select from.
    package var problem: String? {
        guard count == 0, !offered.isEmpty, choice.isNarrow || only != nil else { return nil }
        let filter = choice.filter
        if !filter.isEmpty, !offered.contains(where: { $0.title.contains(filter) }) {
            let nearest = nearestTitle.map { "; the nearest is \"\($0)\"" } ?? ""
            return "no scenario's title holds \"\(filter)\"\(nearest)"
        }
        let known = knownTags
        let wanted = choice.wantedTags
        let missing = wanted.filter { !known.contains($0) }
        if let tag = missing.first, missing.count == wanted.count {
            let near = nearestName(to: tag, among: known).map { "; did you mean \"\($0)\"?" }
            let all =
                known.isEmpty
                ? "; none has any" : "; the tags are \(known.sorted().joined(separator: ", "))"
            return "no scenario has the tag \"\(tag)\"\(near ?? all)"
        }
        if let line = choice.line { return "no scenario stands at line \(line)" }
        if let shard = choice.shard, filter.isEmpty, choice.tags.isEmpty {
            return "shard \(shard.text) holds none of the \(offered.count) scenarios"
        }
        if !filter.isEmpty, !choice.tags.isEmpty {
            return "no scenario has both such a title and such a tag"
        }
        if let tag = choice.unwantedTags.first, wanted.isEmpty {
            return "every scenario has the tag \"\(tag)\""
        }
        return "no scenario is left by all that was asked for together"
    }

    private var knownTags: [String] {
        var known: [String] = []
        for tag in offered.lazy.flatMap(\.tags) where !known.contains(tag) { known.append(tag) }
        return known
    }

    /// The title in which as many words as the filter has come nearest to it.
    private var nearestTitle: String? {
        let filter = choice.filter
        let width = filter.split(separator: " ").count
        var pieces: [(text: String, title: String)] = []
        for title in offered.lazy.map(\.title) {
            let words = title.split(separator: " ")
            for start in words.indices.dropLast(max(width - 1, 0)) {
                pieces.append((words[start..<start + width].joined(separator: " "), title))
            }
        }
        let nearest = nearestName(to: filter, among: pieces.lazy.map(\.text))
        return nearest.flatMap { text in pieces.first { $0.text == text }?.title }
    }
}
