import Testing

@testable import Verbs

@Suite struct VerbRegistryTests {
    /// Every verb and subverb with the words that lead to it.
    private static let everyVerb: [(path: [String], verb: Verb)] = {
        func walk(_ verb: Verb, _ path: [String]) -> [(path: [String], verb: Verb)] {
            let here = path + [verb.name]
            return [(here, verb)] + verb.subverbs.flatMap { walk($0, here) }
        }
        return VerbRegistry.all.flatMap { walk($0, []) }
    }()

    /// The words of an example, without the block behind it.
    private static func words(of example: String) -> [String] {
        Array(Words.split(example).prefix { $0 != "{" })
    }

    @Test("every verb says what it is for, and shows how")
    func verbsAreDescribed() {
        for (path, verb) in Self.everyVerb {
            let name = path.joined(separator: " ")
            #expect(!verb.summary.isEmpty, "\(name) has no summary")
            #expect(!verb.summary.hasSuffix("."), "the summary of \(name) ends with a period")
            #expect(
                !verb.examples.isEmpty || !verb.subverbs.isEmpty || verb.takesAnyFlags,
                "\(name) has no examples")
            #expect(HelpText.of(verb, path: path).contains("Usage:\n"))
        }
    }

    @Test(
        "a flag that would do something in kubectl, and does nothing here, is refused",
        arguments: [
            "expose deploy web --port=80 --overrides={}", "diff -f web.yaml --prune",
            "kustomize . -o out.yaml",
        ])
    func refusedFlags(line: String) throws {
        let text = try VerbBench().run(line)
        #expect(text.contains("has no place here: "))
        // `diff` says 2, for 1 means a difference.
        #expect(text.hasSuffix(line.hasPrefix("diff") ? "[exit 2]\n" : "[exit 1]\n"))
    }

    @Test("examples lead to their verb and their flags parse")
    func examplesParse() throws {
        for (path, verb) in Self.everyVerb where verb.group == .kubectl {
            for example in verb.examples {
                let found = try #require(
                    VerbRegistry.resolve(Self.words(of: example)), "\(example) names no verb")
                #expect(found.path.starts(with: path), "\(example) leads to \(found.path)")
                if found.verb.takesAnyFlags { continue }
                let parser = FlagParser(
                    flags: VerbRegistry.flags(of: found.verb, path: found.path),
                    help: "")
                #expect(throws: Never.self, "\(example)") { try parser.parse(found.rest) }
            }
        }
    }

    @Test("no word calls two verbs, and no flag is defined twice")
    func namesAreUnique() {
        let words = VerbRegistry.all.flatMap { [$0.name] + $0.aliases }
        #expect(Set(words).count == words.count)
        for (path, verb) in Self.everyVerb {
            let names = verb.flags.map(\.name)
            #expect(Set(names).count == names.count, "\(path): \(names)")
            let letters = verb.flags.compactMap(\.short)
            #expect(Set(letters).count == letters.count, "\(path): \(letters)")
        }
    }

    @Test("a subverb is found behind flags")
    func flagsBeforeSubverbs() throws {
        let found = try #require(
            VerbRegistry.resolve(["rollout", "-n", "shop", "status", "deploy/web"]))
        #expect(found.path == ["rollout", "status"])
        #expect(found.rest == ["-n", "shop", "deploy/web"])
    }
}
