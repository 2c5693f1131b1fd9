import Value

/// Which manifest of a page is the file that a command names.
struct ManifestMatch {
    let manifests: [PageManifest]

    /// The manifest for a file that the page has not named so: the one whose objects or kind the name tells;
    /// else the nearest one above that has no name and that nothing else has used. Nil where none fits.
    ///
    /// - Parameters:
    ///   - path: the file or address in the command.
    ///   - line: where the command stands.
    ///   - used: the manifests that other commands have taken, by their lines.
    func manifest(for path: String, at line: Int, used: Set<Int>) -> PageManifest? {
        let isAddress = path.contains("://")
        var best: (score: Int, manifest: PageManifest)?
        for manifest in manifests {
            let score = score(manifest, path, line, used)
            guard score >= (isAddress ? 50 : 10) else { continue }
            // Among equals above it is the last one.
            let least = best?.score ?? 0
            guard manifest.line < line ? score >= least : score > least else { continue }
            best = (score, manifest)
        }
        return best?.manifest
    }

    /// The lines of the manifests that commands take.
    func claims(of commands: [PageCommand]) -> Set<Int> {
        var claims: Set<Int> = []
        for command in commands {
            for path in PageCommands.files(of: PageCommands.plain(command.text)) {
                let file = Self.plain(path.split(separator: "/").last.map(String.init) ?? path)
                let named = manifests.filter { $0.name.map(Self.plain) == file }
                if !named.isEmpty {
                    claims.formUnion(named.map(\.line))
                } else if let match = manifest(for: path, at: command.line, used: claims) {
                    claims.insert(match.line)
                }
            }
        }
        return claims
    }

    private func score(_ manifest: PageManifest, _ path: String, _ line: Int, _ used: Set<Int>)
        -> Int
    {
        let file = Self.plain(path.split(separator: "/").last.map(String.init) ?? path)
        let stem = Self.stem(file)
        if let name = manifest.name, Self.plain(name) == file {
            return 1_000 - abs(manifest.line - line) / 1_000
        }
        if used.contains(manifest.line) || PageCommands.placeholder(in: manifest.text) != nil {
            return 0
        }
        var score = 0
        for object in ManifestText.objects(manifest.text) {
            let name = Self.plain(object[.metadata][.name].string ?? "")
            if name.count > 2, stem.contains(name) || name.contains(stem) && stem.count > 2 {
                score += 50
            }
            let kind = object[.kind].string ?? ""
            if Self.words(kind).contains(where: {
                stem.split(separator: "-").contains(Substring($0))
            }) {
                score += 20
            }
        }
        if manifest.name == nil, manifest.line < line, !used.contains(manifest.line) { score += 10 }
        guard score > 0 else { return 0 }
        if manifest.name != nil, score < 50 { return 0 }
        // The nearest above wins among equals; what stands below comes last.
        return score + (manifest.line < line ? 9 - min(9, (line - manifest.line) / 60) : -5)
    }

    private static func plain(_ name: String) -> String {
        name.lowercased().replacing("_", with: "-").replacing(".yml", with: ".yaml")
    }

    private static func stem(_ file: String) -> String {
        file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
    }

    /// What files call a kind.
    private static func words(_ kind: String) -> [String] {
        let short = [
            "Deployment": ["deployment", "deploy", "dp"], "DaemonSet": ["daemonset", "ds"],
            "StatefulSet": ["statefulset", "sts"], "ReplicaSet": ["replicaset", "rs"],
            "Pod": ["pod", "po"],
            "Service": ["service", "svc"], "PersistentVolumeClaim": ["pvc", "claim"],
            "PersistentVolume": ["pv", "volume"], "ConfigMap": ["configmap", "cm", "config"],
            "Job": ["job"], "CronJob": ["cronjob", "cj"], "Namespace": ["namespace", "ns"],
            "StorageClass": ["storageclass", "sc", "class"], "Ingress": ["ingress", "ing"],
            "ReplicationController": ["rc"], "Secret": ["secret"],
            "HorizontalPodAutoscaler": ["hpa"],
        ]
        return short[kind] ?? [kind.lowercased()]
    }
}
