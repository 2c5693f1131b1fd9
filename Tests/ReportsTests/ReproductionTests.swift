import Testing

@testable import Reports

@Suite("the command that repeats a failure")
struct ReproductionTests {
    private func command(
        title: String, path: String, seed: UInt64 = 1, command: [String] = ["drydock", "run"]
    ) -> String? {
        let failed = Told.scenario(title, .broken(Told.diagnostic("x")), seed: seed)
        let script = ScriptResult(
            path: path, diagnostics: [], scenarios: [Told.scenario("fine"), failed])
        return Reproduction.command(for: [script], command)
    }

    @Test("names the seed of the scenario's own world, its title and its script")
    func plain() {
        #expect(
            command(title: "web stays up", path: "web.dock", seed: 42)
                == "drydock run --seed 42 --filter 'web stays up' web.dock")
        #expect(command(title: "", path: "web.dock") == "drydock run --seed 1 web.dock")
    }

    @Test("keeps the flags that a script needs")
    func flags() {
        #expect(
            command(
                title: "", path: "a.dock", command: ["drydock", "run", "--allow-read", "my files"])
                == "drydock run --allow-read 'my files' --seed 1 a.dock")
    }

    @Test("quotes what a shell heeds, and shows what a terminal obeys")
    func quoting() {
        #expect(
            command(title: "it's $5", path: "a b.dock")
                == "drydock run --seed 1 --filter 'it'\\''s $5' 'a b.dock'")
        #expect(
            command(title: "\u{1B}[2Jgone's\n", path: "a.dock")
                == "drydock run --seed 1 --filter $'\\u001b[2Jgone\\'s\\n' a.dock")
    }

    @Test("a title or path that begins with a dash is no flag")
    func dashes() {
        #expect(
            command(title: "--help", path: "-x.dock")
                == "drydock run --seed 1 --filter=--help -- -x.dock")
    }

    @Test("is a script that does not parse, when that came first")
    func refused() {
        let refused = ScriptResult(
            path: "b.dock", diagnostics: [Told.diagnostic("x")], scenarios: [])
        #expect(
            Reproduction.command(for: [refused], ["drydock", "run"]) == "drydock run b.dock")
    }

    @Test("is none where nothing failed")
    func none() {
        let script = ScriptResult(
            path: "a.dock", diagnostics: [Told.diagnostic("x", .warning)],
            scenarios: [Told.scenario("a"), Told.scenario("b", .skipped(reason: nil))])
        #expect(Reproduction.command(for: [script], ["drydock", "run"]) == nil)
    }
}
