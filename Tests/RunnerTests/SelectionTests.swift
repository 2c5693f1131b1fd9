import Testing

@testable import Runner

@Suite("the choice of scenarios")
struct SelectionTests {
    private let titles = (0..<200).map { "scenario \($0)" }

    private func identity(_ title: String, _ ordinal: Int = 0) -> ScenarioIdentity {
        ScenarioIdentity(title: title, ordinal: ordinal, path: "a/b.dock")
    }

    @Test("shards are disjoint, hold everything together, and are about equal", arguments: 1...7)
    func shards(count: Int) throws {
        let shards = try (1...count).map { try #require(Shard(parsing: "\($0)/\(count)")) }
        for title in titles {
            for ordinal in 0..<2 {
                let holding = shards.filter { $0.holds(identity(title, ordinal)) }
                #expect(holding.count == 1)
            }
        }
        for shard in shards {
            let held = titles.count { shard.holds(identity($0)) }
            #expect(held > 200 / count / 2)
        }
    }

    @Test("a scenario's shard depends on neither its folder nor its neighbours")
    func stable() throws {
        let shard = try #require(Shard(parsing: "1/3"))
        let here = ScenarioIdentity(title: "", ordinal: 0, path: "a/b/web.dock")
        let there = ScenarioIdentity(title: "", ordinal: 0, path: "web.dock")
        #expect(here == there && shard.holds(here) == shard.holds(there))
        // The same on every machine: these were computed once.
        #expect(
            titles.prefix(12).map { shard.holds(identity($0)) }.map { $0 ? 1 : 0 } == Self.known)
    }

    private static let known = [0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0]

    @Test(
        "a shard is a part of some parts",
        arguments: ["", "1", "0/2", "3/2", "1/0", "a/b", "1/2/3"])
    func notShards(text: String) { #expect(Shard(parsing: text) == nil) }

    @Test(
        "tags are wanted or not",
        arguments: [
            (["a"], [true, false, true]), (["a", "b"], [true, true, true]),
            (["!a"], [false, true, false]), (["b", "!a"], [false, true, false]),
            (["!a", "!b"], [false, false, false]), ([], [true, true, true]),
        ])
    func tags(asked: [String], selected: [Bool]) {
        var choice = ScenarioChoice()
        choice.tags = asked
        var selection = ScenarioSelection(choice)
        selection.begin(["x", "y", "z"])
        let own = [("x", ["a"]), ("y", ["b"]), ("z", ["a", "c"])]
        let found = own.map { title, tags in
            selection.selects(title, tags: tags, identity: identity(title))
        }
        #expect(found == selected)
        #expect((selection.problem == nil) == selected.contains(true))
    }

    @Test("what was offered elsewhere counts when nothing was selected")
    func accounts() {
        var choice = ScenarioChoice()
        choice.filter = "rolout"
        var elsewhere = ScenarioSelection(choice)
        elsewhere.begin(["a rollout"])
        let isSelected = elsewhere.selects(
            "a rollout", tags: [], identity: identity("a rollout"))
        #expect(!isSelected)
        let account = elsewhere.takeAccount()
        #expect(account.selected == 0 && account.offered.count == 1)
        var whole = ScenarioSelection(choice)
        whole.add(account)
        #expect(
            whole.problem == "no scenario's title holds \"rolout\"; the nearest is \"a rollout\"")
        var other = FileAccount()
        other.selected = 1
        whole.add(other)
        #expect(whole.problem == nil)
    }
}
