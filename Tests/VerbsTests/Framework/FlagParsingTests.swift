import Testing

@testable import Verbs

@Suite struct FlagParsingTests {
    private let parser = FlagParser(
        flags: [
            .namespace, .output, .allNamespaces, .dryRun, .filename,
            Flag("replicas", nil, .int, "a number"), .timeout,
        ], help: "See 'kubectl get --help' for usage.")

    @Test(
        "flags are read in every form",
        arguments: [
            (["-n", "shop"], "namespace", "shop"), (["-nshop"], "namespace", "shop"),
            (["-n=shop"], "namespace", "shop"), (["--namespace=shop"], "namespace", "shop"),
            (["--namespace", "shop"], "namespace", "shop"), (["-Anshop"], "namespace", "shop"),
            (["-A"], "all-namespaces", "true"),
            (["--all-namespaces=false"], "all-namespaces", "false"),
            (["--dry-run=client"], "dry-run", "client"), (["--dry-run"], "dry-run", "unchanged"),
            (["-o", "jsonpath={.a=b}"], "output", "jsonpath={.a=b}"),
            (["-n", "a", "-n", "b"], "namespace", "b"),
        ])
    func forms(words: [String], name: String, value: String) throws {
        let outcome = try parser.parse(["pods"] + words)
        #expect(outcome.values.string(name) == value)
        #expect(outcome.arguments == ["pods"])
    }

    @Test(
        "what is no flag is told in pflag's words",
        arguments: [
            (["--foo"], "unknown flag: --foo"), (["-z"], "unknown shorthand flag: 'z' in -z"),
            (["-Az"], "unknown shorthand flag: 'z' in -z"),
            (["-o"], "flag needs an argument: 'o' in -o"),
            (["--namespace"], "flag needs an argument: --namespace"),
            (["--=x"], "bad flag syntax: --=x"),
            (
                ["--replicas=two"],
                "invalid argument \"two\" for \"--replicas\" flag: strconv.ParseInt: parsing "
                    + "\"two\": invalid syntax"
            ),
            (
                ["--all-namespaces=maybe"],
                "invalid argument \"maybe\" for \"-A, --all-namespaces\" flag: strconv.ParseBool: "
                    + "parsing \"maybe\": invalid syntax"
            ),
            (
                ["--timeout=soon"],
                "invalid argument \"soon\" for \"--timeout\" flag: time: invalid duration \"soon\""
            ),
        ])
    func errors(words: [String], message: String) {
        #expect {
            try parser.parse(words)
        } throws: { error in
            (error as? VerbError)?.text
                == "error: \(message)\nSee 'kubectl get --help' for usage.\n"
        }
    }

    @Test("words behind -- are arguments, whatever they look like")
    func dashes() throws {
        let outcome = try parser.parse(["web", "--", "sh", "-c", "x"])
        #expect(outcome.arguments == ["web", "sh", "-c", "x"])
        #expect(outcome.argumentsBeforeDashes == 1)
    }
}
