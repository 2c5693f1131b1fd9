import Value

/// What a container answers to requests for one path and all below it.
package struct HTTPBehavior: Sendable, Equatable {
    /// `/healthz`; `/` is for every path that no longer one is for.
    package let path: String
    /// Answers over time since the container runs; the last entry that has begun holds.
    package var answers: [Answer]

    package struct Answer: Sendable, Equatable {
        /// Since the container runs.
        package var from: Milliseconds
        package var status: Int
        /// With `{hostname}` and the like; nil: the status' own words.
        package var text: String?
        package var takes: Milliseconds

        package init(
            from: Milliseconds = 0, status: Int = 200, text: String? = nil, takes: Milliseconds = 0
        ) {
            self.from = from
            self.status = status
            self.text = text
            self.takes = takes
        }
    }

    package init(path: String, answers: [Answer]) {
        self.path = path
        self.answers = answers
    }

    /// The answer of a container of age `age`; nil before the first begins, when nothing is said.
    func answer(at age: Milliseconds) -> Answer? { answers.last { $0.from <= age } }

    /// Whether it is for `path`: `/api` is for `/api` and `/api/v1`, not for `/apis`.
    private func covers(_ path: String) -> Bool {
        if self.path == "/" || self.path == path { return true }
        let base = self.path.hasSuffix("/") ? self.path : self.path + "/"
        return path.hasPrefix(base) || base == path + "/"
    }

    /// The longest of `rules` that is for the path of `target`.
    static func rule(_ rules: [HTTPBehavior], for target: some StringProtocol) -> HTTPBehavior? {
        let path = String(target.prefix { $0 != "?" })
        var found: HTTPBehavior?
        for rule in rules where rule.covers(path) {
            if rule.path.utf8.count >= found?.path.utf8.count ?? 0 { found = rule }
        }
        return found
    }
}

/// A line that a container writes to its log.
package struct LogBehavior: Sendable, Equatable {
    /// With `{hostname}` and the like.
    package let text: String
    /// Since the container runs.
    package let after: Milliseconds
    /// From one time to the next; nil: it is written once.
    package let every: Milliseconds?

    package init(text: String, after: Milliseconds = 0, every: Milliseconds? = nil) {
        self.text = text
        self.after = after
        self.every = every
    }
}
