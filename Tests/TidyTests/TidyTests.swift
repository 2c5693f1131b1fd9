import Testing

@Suite("The sources")
struct TidyTests {
    @Test("are tidy", arguments: TidyRule.all)
    func tidy(rule: TidyRule) {
        let findings = rule.check(.repository).filter { finding in
            !Allowance.all.contains { $0.covers(finding) }
        }
        #expect(findings.isEmpty, "\(findings.map { "\($0)" }.joined(separator: "\n"))")
    }

    @Test("are read: hundreds of files, all targets, the manifest")
    func reading() {
        let tree = SourceTree.repository
        #expect(tree.files.count > 500)
        #expect(tree.targets.contains("Cluster") && tree.targets.count > 12)
        let cluster = tree.package.targets.first { $0.name == "Cluster" }
        #expect(cluster?.dependencies.contains("DequeModule") == true)
        #expect(Set(tree.targets).isSubset(of: tree.package.targets.map(\.name)))
    }
}

@Suite("A rule about the sources")
struct TidyRuleTests {
    @Test("finds what breaks it, and nothing else", arguments: TidyRule.all)
    func counterexamples(rule: TidyRule) {
        #expect(!rule.counterexamples.isEmpty)
        for example in rule.counterexamples {
            #expect(rule.check(example.tree()) == example.findings)
        }
    }

    @Test("sees code, not comments and texts")
    func blanking() {
        let text = #"""
            let a = "x { \(b ? "}" : c) }" // { comment
            /* { /* nested */ } */ let d = #"raw \(x) ""# + """
                long { " }
                """
            """#
        let wanted = #"""
            let a = "     (b ? " " : c)  "
                                   let d = #"          "# + """

                """
            """#
        let blanked = CodeText(text).blanked.split(
            separator: "\n", omittingEmptySubsequences: false
        )
        .map { line in String(line.reversed().drop { $0 == " " }.reversed()) }
        #expect(
            blanked
                == wanted.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }
}
