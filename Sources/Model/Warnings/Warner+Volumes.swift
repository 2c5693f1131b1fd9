import Support
import Value

// Source: pkg/api/pod/warnings.go and pkg/api/persistentvolume/util.go.
extension Warner {
    /// Sources that nothing serves any more, with what is said of them in pods.
    private static let removedSources: [(Key, String)] = [
        ("photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"),
        ("gitRepo", "deprecated in v1.11, and disabled by default in v1.33+"),
        (.scaleIO, "deprecated in v1.16, non-functional in v1.22+"),
        ("flocker", "deprecated in v1.22, non-functional in v1.25+"),
        ("storageos", "deprecated in v1.22, non-functional in v1.25+"),
        ("quobyte", "deprecated in v1.22, non-functional in v1.25+"),
        ("glusterfs", "deprecated in v1.25, non-functional in v1.26+"),
        ("cephfs", "deprecated in v1.28, non-functional in v1.31+"),
        (.rbd, "deprecated in v1.28, non-functional in v1.31+"),
    ]

    /// How the warnings spell a source.
    private static func spelling(_ source: Key) -> String {
        source.name == "storageos" ? "storageOS" : source.name
    }

    mutating func volumes(_ volumes: [Value], _ path: ErrorPath) {
        for (index, volume) in volumes.enumerated() {
            let place = path[index]
            for (source, words) in Self.removedSources where !volume[source].isNull {
                add(place.child(Self.spelling(source)), words)
            }
            let template = volume[.ephemeral][.volumeClaimTemplate]
            claimSpec(
                template[.spec], place.child("ephemeral").child("volumeClaimTemplate").child("spec")
            )
        }
    }

    /// GetWarningsForPersistentVolumeClaimSpec.
    mutating func claimSpec(_ spec: Value, _ path: ErrorPath) {
        for list in [Key.requests, .limits] {
            wholeBytes(spec[.resources][list], .storage, path.child("resources").child(list))
        }
    }

    private static let storageClassAnnotation = "volume.beta.kubernetes.io/storage-class"
    private static let storageClassWords =
        "deprecated since v1.8; use \"storageClassName\" attribute instead"

    /// GetWarningsForPersistentVolumeClaim.
    mutating func claim(_ claim: Value) {
        let path = ErrorPath("metadata").child("annotations")
        if !claim[.metadata][.annotations][Key(Self.storageClassAnnotation)].isNull {
            add(path.key(Self.storageClassAnnotation), Self.storageClassWords)
        }
        claimSpec(claim[.spec], ErrorPath("spec"))
    }

    /// GetWarningsForPersistentVolume.
    mutating func persistentVolume(_ volume: Value) {
        let annotations = volume[.metadata][.annotations]
        let path = ErrorPath("metadata").child("annotations")
        for (name, words) in [
            (Self.storageClassAnnotation, Self.storageClassWords),
            (
                "volume.beta.kubernetes.io/mount-options",
                "deprecated since v1.31; use \"mountOptions\" attribute instead"
            ),
        ] where !annotations[Key(name)].isNull {
            add(path.key(name), words)
        }
        let spec = volume[.spec]
        let place = ErrorPath("spec")
        if spec[.persistentVolumeReclaimPolicy] == "Recycle" {
            add(
                place.child("persistentVolumeReclaimPolicy"),
                "The Recycle reclaim policy is deprecated. Instead, the recommended approach is to "
                    + "use dynamic provisioning.")
        }
        let terms = place.child("nodeAffinity").child("required").child("nodeSelectorTerms")
        for (index, term) in spec[.nodeAffinity][.required].list(.nodeSelectorTerms).enumerated() {
            nodeSelectorTerm(term, terms[index])
        }
        let order: [Key] = [
            "cephfs", "photonPersistentDisk", .scaleIO, "storageos", "glusterfs", .rbd,
        ]
        for source in order where !spec[source].isNull {
            guard let entry = Self.removedSources.first(where: { $0.0 == source }) else { continue }
            add(place.child(Self.spelling(source)), entry.1)
        }
    }
}

// MARK: - Paths that lie over each other

extension Warner {
    /// A file that a volume puts somewhere, and where it comes from.
    private struct MountedFile: Equatable {
        let path: String
        let source: String

        init(_ path: String, _ source: String) {
            var path = path
            while path.hasSuffix("/") { path.removeLast() }
            self.path = path
            self.source = source
        }

        var text: String {
            GoSyntax.quote(path) + (source.isEmpty ? "" : " (\(source))")
        }

        func overlaps(_ other: MountedFile) -> Bool {
            !path.isEmpty && !other.path.isEmpty
                && ("\(path)/".hasPrefix("\(other.path)/")
                    || "\(other.path)/".hasPrefix("\(path)/"))
        }
    }

    /// warningsForOverlappingVirtualPaths: of two keys at one path the last wins, and a file cannot
    /// also be a folder.
    mutating func overlappingPaths(_ volumes: [Value]) {
        for volume in volumes {
            let name = GoSyntax.quote(volume.text(.name))
            let plain: [(Value, String)] = [
                (volume[.configMap], "ConfigMap \(GoSyntax.quote(volume[.configMap].text(.name)))"),
                (volume[.secret], "Secret \(GoSyntax.quote(volume[.secret].text(.secretName)))"),
                (volume[.downwardAPI], "DownwardAPI"),
            ]
            for (source, title) in plain {
                let files = source.list(.items).map { MountedFile($0.text(.path), "") }
                overlaps(files, "volume \(name) (\(title))")
            }
            var files: [MountedFile] = []
            for source in volume[.projected].list(.sources) {
                if source.fields.isEmpty {
                    add("volume \(name) (Projected) has no sources provided")
                }
                files += Self.files(of: source)
            }
            overlaps(files, "volume \(name) (Projected)")
        }
    }

    private mutating func overlaps(_ files: [MountedFile], _ title: String) {
        for (index, file) in files.enumerated() {
            for other in files[..<index] where file.overlaps(other) {
                add("\(title): overlapping paths: \(file.text) with \(other.text)")
            }
        }
    }

    private static func files(of source: Value) -> [MountedFile] {
        func items(_ key: Key, _ title: String) -> [MountedFile] {
            source[key].list(.items).map { MountedFile($0.text(.path), title) }
        }
        if !source[.configMap].isNull {
            return items(.configMap, "ConfigMap \(GoSyntax.quote(source[.configMap].text(.name)))")
        }
        if !source[.secret].isNull {
            return items(.secret, "Secret \(GoSyntax.quote(source[.secret].text(.name)))")
        }
        if !source[.downwardAPI].isNull { return items(.downwardAPI, "DownwardAPI") }
        if !source[.serviceAccountToken].isNull {
            return [MountedFile(source[.serviceAccountToken].text(.path), "ServiceAccountToken")]
        }
        return []
    }
}
