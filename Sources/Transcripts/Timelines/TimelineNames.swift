import Value

/// The names under which timelines print objects: random parts as placeholders, a number for each
/// object of a name.
struct TimelineNames {
    private var byUID: [String: TimelineObject] = [:]
    private var counts: [TimelineObject: Int] = [:]

    private static let hashLabels = [
        "pod-template-hash", "controller-revision-hash", "controller.kubernetes.io/hash",
    ]

    /// The name of an object, given anew to one that was not seen before.
    mutating func name(_ object: Value, kind: TimelineKind, namespace: String, name: String)
        -> TimelineObject
    {
        let uid = Self.identity(object, kind: kind.kind, namespace: namespace, name: name)
        if let known = byUID[uid] { return known }
        var result = TimelineObject(
            namespace: namespace.isEmpty ? "default" : namespace, kind: kind.short,
            name: Self.normalized(name, object))
        let number = counts[result, default: 0] + 1
        counts[result] = number
        result.number = number
        byUID[uid] = result
        return result
    }

    /// How an owner is printed: `rs/web-{hash}#1`.
    func owner(_ reference: Value, of object: Value) -> String {
        if let known = reference["uid"].string.flatMap({ byUID[$0] }) { return known.description }
        let kind = reference["kind"].string ?? ""
        return "\(TimelineKind.named(kind)?.short ?? kind)/\(reference["name"].string ?? "")"
    }

    private static func identity(
        _ object: Value, kind: String, namespace: String, name: String
    ) -> String {
        object["metadata"]["uid"].string ?? "\(kind)/\(namespace)/\(name)"
    }

    /// `web-5f7d9c8b6d-x7k2p` becomes `web-{hash}-{rand}`.
    private static func normalized(_ name: String, _ object: Value) -> String {
        var stem = name
        var tail = ""
        let metadata = object["metadata"]
        // Pods of a StatefulSet carry the prefix too, but have names of their own.
        if let prefix = metadata["generateName"].string, !prefix.isEmpty, name.hasPrefix(prefix),
            name.count == prefix.count + 5
        {
            stem = String(prefix.dropLast())
            tail = "-{rand}"
        } else if let owner = metadata["ownerReferences"].elements.first,
            owner["kind"].string == "CronJob",
            let cronJob = owner["name"].string, name.hasPrefix(cronJob + "-")
        {
            stem = cronJob
            tail = "-{rand}"
        }
        stem = withoutMinutes(stem)
        for key in hashLabels {
            guard let value = metadata["labels"][key].string else { continue }
            // A StatefulSet's hash label holds the whole name of the revision.
            let hash = value.split(separator: "-").last.map(String.init) ?? value
            if stem.hasSuffix("-" + hash) {
                stem = stem.dropLast(hash.count) + "{hash}"
                break
            }
        }
        return stem + tail
    }

    /// A name in which the minute of a CronJob's run ends the name of its Job.
    private static func withoutMinutes(_ name: String) -> String {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        guard let last = parts.last, last.count == 8, parts.count > 1,
            last.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") })
        else { return name }
        return name.dropLast(8) + "{rand}"
    }

    /// The value of a label as printed.
    static func label(_ key: String, _ value: String) -> String {
        if key.hasSuffix("controller-uid") { return "{uid}" }
        if key.hasSuffix("job-name") { return withoutMinutes(value) }
        guard hashLabels.contains(key) else { return value }
        let stem = value.split(separator: "-", omittingEmptySubsequences: false).dropLast()
        return (stem + ["{hash}"]).joined(separator: "-")
    }
}
