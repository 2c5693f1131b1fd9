import Foundation
import Testing

@testable import Verbs

/// Every flag of every command of kubectl 1.36 against what its help says: Tests/Golden/Kubectl/flags.facts,
/// written by Scripts/record-flags. A flag has its effect, or is accepted and said to have none, or is
/// refused with the reason; none is parsed and forgotten.
@Suite("kubectl's flags")
struct FlagFactsTests {
    private struct Fact {
        let command: String
        let name: String
        let letter: String
        let standard: String
    }

    private static let facts: [Fact] = {
        let file = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Golden/Kubectl/flags.facts")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map { line in
            let halves = line.split(separator: ":", maxSplits: 1)
            let words = halves[1].split(separator: " ", maxSplits: 2).map(String.init)
            return Fact(
                command: String(halves[0]), name: words[0], letter: words[1],
                standard: words.count > 2 ? words[2] : "")
        }
    }()

    private static let commands = Set(facts.map(\.command)).sorted()

    private static func flags(of command: String) -> [Flag]? {
        if command == "*" { return VerbRegistry.sharedFlags }
        let words = command.split(separator: " ").map(String.init)
        guard let found = VerbRegistry.resolve(words), found.path.elementsEqual(words) else {
            return nil
        }
        return VerbRegistry.flags(of: found.verb, path: found.path)
    }

    /// The standard value as kubectl's help shows it.
    private static func standard(_ flag: Flag) -> String {
        guard flag.standard.isEmpty else { return flag.standard }
        return switch flag.kind {
        case .bool: "false"
        case .int: "0"
        case .duration: "0s"
        case .strings: "[]"
        case .string: ""
        }
    }

    @Test("every flag is known with its letter and its standard value", arguments: commands)
    func known(command: String) throws {
        let flags = try #require(Self.flags(of: command), "there is no `\(command)`")
        for fact in Self.facts where fact.command == command {
            let flag = try #require(
                flags.first { $0.name == fact.name }, "\(command) --\(fact.name) is not known")
            #expect(
                (flag.short.map(String.init) ?? "-") == fact.letter, "\(command) --\(fact.name)")
            #expect(Self.standard(flag) == fact.standard, "\(command) --\(fact.name)")
            #expect(!flag.summary.isEmpty, "\(command) --\(fact.name) has no summary")
        }
        // What kubectl's help does not show, it knows still.
        let names = Set(
            Self.facts.filter { $0.command == command || $0.command == "*" }.map(\.name))
        for flag in flags where !names.contains(flag.name) {
            #expect(flag.deprecation != nil || flag.isAlpha, "\(command) has no --\(flag.name)")
        }
    }

    @Test("how many flags have an effect, have none, are refused")
    func counts() {
        var (effect, none, refused) = (0, 0, 0)
        for fact in Self.facts {
            switch Self.flags(of: fact.command)?.first(where: { $0.name == fact.name })?.fate {
            case .effect: effect += 1
            case .some(.none): none += 1
            case .refused: refused += 1
            case nil: break
            }
        }
        #expect(effect + none + refused == Self.facts.count)
        #expect("\(effect) \(none) \(refused)" == "854 86 8")
    }

    // MARK: Effects

    /// Command lines that read flags which neither the examples nor the recorded commands come to.
    private static let lines = [
        "uncordon node-1", "taint node node-1 dedicated-", "create -f pod.yaml",
        "apply set-last-applied -f pod.yaml --create-annotation", "diff -f pod.yaml --server-side",
        "set env deployment/web --from=configmap/notes",
        "apply -f deployment.yaml --record", "run solo --image=nginx --env=A=1",
        "apply -f other.yaml --force --grace-period=0 --timeout=5s",
        "create -f notes.yaml --record --save-config", "create configmap c --validate=warn",
        "auth can-i get nodes -A", "auth can-i --list --no-headers",
        "explain pods --api-version=v1 --output=plaintext",
        "load deployment/web cpu=100m", "rollout status deployment/web --timeout=5m --watch=true",
        "logs solo -c solo --previous", "port-forward pod/solo 8080:80 --address=127.0.0.1",
        "logs deployment/web --all-containers --all-pods",
        "top node --no-headers --show-capacity",
        "top pod --no-headers --containers --sum --field-selector=status.phase=Running",
        "replace -f pod.yaml --subresource=status", "set env deployment/web --list --resolve",
        "run x --image=a --overrides={} --override-type=merge --dry-run=client",
        "patch deployment/web --subresource=scale --type=merge -p '{\"spec\":{\"replicas\":2}}'",
        "debug node/node-1 --image=busybox --env=a=b --arguments-only --stdin --quiet -- ls",
        "debug solo --copy-to=solo-copy --image=busybox --share-processes --keep-labels "
            + "--keep-annotations --keep-liveness --keep-readiness --keep-startup "
            + "--keep-init-containers --env=a=b --arguments-only --stdin --quiet -- ls",
        "exec deployment/web -i -t -q --pod-running-timeout=5s -- hostname",
        "cp pod.yaml solo:/tmp -c solo",
        "attach deployment/web -c nginx -i -t -q --pod-running-timeout=5s",
        "run gone --image=busybox -i --rm --restart=Never --leave-stdin-open=false --grace-period=1 "
            + "--force=false --timeout=5s --quiet --pod-running-timeout=5s -- echo a",
        "delete pod solo --timeout=5s", "rollout restart deployment/web --field-manager=me",
        "set subject clusterrolebinding cluster-admin --user=a --field-manager=me",
        "apply -f notes.yaml --prune --all --prune-allowlist=core/v1/ConfigMap",
        "drain node-1 --ignore-daemonsets --delete-emptydir-data --force "
            + "--skip-wait-for-delete-timeout=5",
    ]

    /// What an editor is opened for is tested with one, and requests for certificates with theirs.
    private static let testedElsewhere: Set<String> = [
        "edit", "apply edit-last-applied", "certificate approve", "certificate deny",
    ]
    /// Flags that are read only where there are pods of DaemonSets, an unfinished rollout, references:
    /// DrainTests, AnyClusterTests and RolloutAndSetTests have them.
    private static let readElsewhere: [String: Set<String>] = [
        "drain": ["ignore-daemonsets", "delete-emptydir-data"],
        "rollout status": ["timeout", "watch"], "set env": ["resolve"],
        "create": ["windows-line-endings"],
    ]
    @Test("a flag with an effect is read by its command")
    func effects() throws {
        let reads = FlagReads()
        let bench = try VerbBench(nodes: 1)
        bench.flagReads = reads
        try KubectlGoldenTests.addFiles(to: bench)
        bench.files.texts["other.yaml"] = Manifests.deployment(image: "nginx:1.26").replacing(
            "app: web", with: "app: other")
        for entry in try KubectlGoldenTests.files.flatMap(KubectlGoldenTests.read) {
            for line in entry.command.split(separator: " && ") { try bench.run(String(line)) }
        }
        // Some of them leave a configuration behind in which nothing is reached.
        bench.kubeConfig = .simulated
        for verb in VerbRegistry.all where verb.group == .kubectl {
            for example in Self.examples(of: verb) { try bench.run(example) }
        }
        for line in Self.lines {
            try bench.run(line)
            try bench.advance(seconds: 30)
        }
        for command in Self.commands where command != "*" && !Self.testedElsewhere.contains(command)
        {
            let words = command.split(separator: " ").map(String.init)
            guard let found = VerbRegistry.resolve(words) else { continue }
            let read = reads.names(of: command).union(Self.readElsewhere[command] ?? [])
            let unread = found.verb.flags.filter { flag in
                flag.fate == Flag.Fate.effect && !read.contains(flag.name)
            }
            let names = unread.map(\.name).joined(separator: " ")
            #expect(names.isEmpty, "\(command): \(names)")
        }
    }

    private static func examples(of verb: Verb) -> [String] {
        verb.examples.filter { !$0.contains("{") } + verb.subverbs.flatMap(examples)
    }
}
