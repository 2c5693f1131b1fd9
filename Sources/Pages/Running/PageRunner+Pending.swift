import Cluster
import Model
import Value

/// Manifests that no command of a page applies.
extension PageRunner {
    /// Applies the manifests above that no command of the page names and that a command is about.
    mutating func applyPending(for command: PageCommand) {
        // What a command takes from a file itself, it takes as it stands there.
        let own = ownObjects(command)
        pending.removeAll { manifest in
            let names = ManifestText.names(manifest.text)
            return !names.isEmpty && names.isSubset(of: own)
        }
        for manifest in pending {
            let objects = ManifestText.objects(manifest.text)
            let names = objects.compactMap { $0[.metadata][.name].string }
            guard
                names.contains(where: { Self.mentions(command, $0) })
                    || objects.contains(where: { isBehindService($0, of: command) })
            else { continue }
            let exists = names.contains { world.hasEverHad($0) }
            pending.removeAll { $0.line == manifest.line }
            if exists, !manifest.isToApply { continue }
            let name = manifest.name ?? "line-\(manifest.line + 1).yaml"
            place(manifest, at: name)
            let outcome = world.run("kubectl apply -f \(name)")
            world.rest(until: world.now + PageTiming.typing)
            let old = remarks.removeValue(forKey: name) ?? []
            var item = PageItem(
                command: "(the manifest, which no command applies)", line: manifest.line + 1,
                verdict: .ran,
                output: outcome.output, milliseconds: world.now, range: 0..<0, indent: "")
            if !old.isEmpty { item.verdict = .differs(old) }
            if outcome.hasFailed { item.verdict = .failed(Self.lastLine(outcome.output)) }
            result.items.append(item)
        }
    }

    /// The objects of the files that a command names, as far as they are known.
    func ownObjects(_ command: PageCommand) -> Set<String> {
        let match = ManifestMatch(manifests: page.manifests)
        return PageCommands.files(of: command.text).reduce(into: []) { names, file in
            if world.ownsFile(file), let text = try? world.session.files.read(file) {
                names.formUnion(ManifestText.names(text))
            } else if let manifest = match.manifest(for: file, at: command.line, used: used) {
                names.formUnion(ManifestText.names(manifest.text))
            }
        }
    }

    /// Whether a Service that a command names, of this world or of the manifests above, is to find the pods of a
    /// workload: who asks the Service has made what answers.
    func isBehindService(_ object: Value, of command: PageCommand) -> Bool {
        guard case .object(let labels) = object[.spec][.template][.metadata][.labels] else {
            return false
        }
        let services =
            world.session.cluster.state.list(.service, namespace: nil).map(\.value)
            + pending.flatMap { ManifestText.objects($0.text) }.filter {
                $0[.kind].string == "Service"
            }
        return services.contains { service in
            guard let name = service[.metadata][.name].string, Self.mentions(command, name),
                case .object(let selector) = service[.spec][.selector], !selector.isEmpty
            else { return false }
            return selector.allSatisfy { labels[$0.key] == $0.value }
        }
    }

    /// Whether a command or its output names an object, or pods of it.
    static func mentions(_ command: PageCommand, _ name: String) -> Bool {
        let words = command.text.split(whereSeparator: { " /\t\n=,".contains($0) })
        if words.contains(where: { $0 == name }) { return true }
        return command.output.contains { line in
            let first = PageText.words(line).first ?? ""
            let word =
                first.lastIndex(of: "/").map { String(first[first.index(after: $0)...]) } ?? first
            return word == name || word.hasPrefix(name + "-")
        }
    }
}
