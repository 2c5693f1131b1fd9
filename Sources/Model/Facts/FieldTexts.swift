/// Texts about fields, kept as lines `Type.field rest`; a type of core/v1 stands without its group.
struct FieldTexts: Sendable {
    private let texts: [String: Substring]

    /// Reads the lines of `tables`; an entry goes on in lines that begin with a blank.
    init(_ tables: [String]) {
        var texts: [String: Substring] = [:]
        for table in tables {
            var rest = table[...]
            while let blank = rest.firstIndex(of: " ") {
                let name = String(rest[..<blank])
                var end = rest[blank...].firstIndex(of: "\n") ?? rest.endIndex
                while end != rest.endIndex, rest[end...].hasPrefix("\n ") {
                    end = rest[rest.index(after: end)...].firstIndex(of: "\n") ?? rest.endIndex
                }
                texts[name] = rest[rest.index(after: blank)..<end]
                rest = end == rest.endIndex ? "" : rest[rest.index(after: end)...]
            }
        }
        self.texts = texts
    }

    /// The text of a field, on one line; nil where there is none.
    func text(of field: String, in type: TypeFacts) -> String? {
        let core = "core.v1."
        let name = type.name.hasPrefix(core) ? String(type.name.dropFirst(core.count)) : type.name
        return texts["\(name).\(field)"].map {
            $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
    }

    /// The names of all entries, in alphabetical order.
    var names: [String] { texts.keys.sorted() }
}

/// What `explain` says of the fields that only one kind has, as lines of ``FieldTexts``.
package struct KindTexts: Sendable {
    /// What each field is.
    let summaries: String
    /// The values of fields that are enumerations.
    let values: String

    init(summaries: String = "", values: String = "") {
        self.summaries = summaries
        self.values = values
    }

    /// Nothing beyond what the fields' types say.
    package static let none = KindTexts()
}

/// One-line descriptions of fields, our own words: here of what many kinds share, the rest with the
/// kinds.
enum FieldSummaries {
    static let texts = FieldTexts(
        [metadata, pods, containers, volumes] + KindDescriptor.builtIn.map(\.texts.summaries))

    /// What the field is; nil where nobody has described it yet.
    static func of(_ field: String, in type: TypeFacts) -> String? {
        texts.text(of: field, in: type)
    }
}

/// The values of fields that are enumerations in the API, though OpenAPI calls them strings: here of
/// what many kinds share, the rest with the kinds.
enum FieldValues {
    static let texts = FieldTexts([table] + KindDescriptor.builtIn.map(\.texts.values))

    /// The values in the order of the API's documentation; empty for any other field.
    static func of(_ field: String, in type: TypeFacts) -> [String] {
        texts.text(of: field, in: type)?.split(separator: " ").map(String.init) ?? []
    }

    private static let table = #"""
        AppArmorProfile.type Localhost RuntimeDefault Unconfined
        Container.imagePullPolicy Always IfNotPresent Never
        Container.terminationMessagePolicy FallbackToLogsOnError File
        ContainerPort.protocol SCTP TCP UDP
        EphemeralContainer.imagePullPolicy Always IfNotPresent Never
        HTTPGetAction.scheme HTTP HTTPS
        HostPathVolumeSource.type BlockDevice CharDevice Directory DirectoryOrCreate File
         FileOrCreate Socket
        NodeSelectorRequirement.operator DoesNotExist Exists Gt In Lt NotIn
        PodSecurityContext.fsGroupChangePolicy Always OnRootMismatch
        PodSpec.dnsPolicy ClusterFirst ClusterFirstWithHostNet Default None
        PodSpec.preemptionPolicy Never PreemptLowerPriority
        PodSpec.restartPolicy Always Never OnFailure
        PodStatus.phase Failed Pending Running Succeeded Unknown
        PodStatus.qosClass BestEffort Burstable Guaranteed
        SeccompProfile.type Localhost RuntimeDefault Unconfined
        Toleration.effect NoExecute NoSchedule PreferNoSchedule
        Toleration.operator Equal Exists
        TopologySpreadConstraint.nodeAffinityPolicy Honor Ignore
        TopologySpreadConstraint.nodeTaintsPolicy Honor Ignore
        TopologySpreadConstraint.whenUnsatisfiable DoNotSchedule ScheduleAnyway
        VolumeMount.mountPropagation Bidirectional HostToContainer None
        meta.v1.LabelSelectorRequirement.operator DoesNotExist Exists In NotIn
        """#
}
