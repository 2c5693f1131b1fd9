import Value

/// The classes of storage that a page takes for granted: those that its claims name and that neither a
/// StorageClass nor a volume of the page has. Its author's cluster had them from elsewhere.
struct PageStorage {
    /// StorageClasses as YAML; nil where the page takes none for granted.
    let manifest: String?

    init(_ page: Page) {
        let objects = page.manifests.flatMap { ManifestText.objects(OldManifest($0.text).text) }
        var wanted: [String] = []
        var made: Set<String> = ["standard"]
        for object in objects {
            switch object[.kind].string {
            case "PersistentVolumeClaim": Self.add(object, to: &wanted)
            case "StatefulSet":
                for claim in object[.spec][.volumeClaimTemplates].array ?? [] {
                    Self.add(claim, to: &wanted)
                }
            case "StorageClass": made.insert(object[.metadata][.name].string ?? "")
            case "PersistentVolume": made.insert(object[.spec][.storageClassName].string ?? "")
            default: break
            }
        }
        // A page that makes volumes or classes of its own in files that it does not show has them from there.
        let isWhole = !page.commands.contains { command in
            let names = ["pv", "persistentvolume", "storageclass", "storage-class"]
            return PageCommands.files(of: command.text).contains { file in
                names.contains { file.lowercased().contains($0) }
                    && !page.manifests.contains { $0.name == file }
            }
        }
        let names = wanted.filter { !made.contains($0) }
        manifest =
            names.isEmpty || !isWhole
            ? nil
            : names.map { name in
                """
                apiVersion: storage.k8s.io/v1
                kind: StorageClass
                metadata: {name: "\(name)"}
                provisioner: drydock.dev/simulated

                """
            }.joined(separator: "---\n")
    }

    private static func add(_ claim: Value, to names: inout [String]) {
        guard let name = claim[.spec][.storageClassName].string, !name.isEmpty,
            !names.contains(name)
        else { return }
        names.append(name)
    }
}
