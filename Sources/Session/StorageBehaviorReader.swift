import Cluster
import Language
import Model
import Support

/// Reads `behavior storageclass/NAME { … }`: how the driver of a StorageClass acts.
enum StorageBehaviorReader {
    static let settings = BehaviorSettings.names(of: .storage)

    /// The class that the target names; nil where it names no class. `*` stands for any text.
    static func className(_ target: [String], kinds: KindRegistry) -> String? {
        guard target.count == 1 else { return nil }
        let halves = target[0].split(separator: "/", maxSplits: 1).map(String.init)
        guard halves.count == 2, kinds.kind(named: halves[0]) == .storageClass else { return nil }
        return halves[1]
    }

    static func read(_ values: [BehaviorValue]) throws -> ProvisioningBehavior {
        var behavior = ProvisioningBehavior()
        for value in values {
            switch value.name {
            case "provisions": behavior.provisions = try BehaviorReader.bool(value)
            case "after": behavior.after = try BehaviorReader.duration(value)
            case "fails":
                behavior.failure = try BehaviorReader.failure(value, otherwise: "out of capacity")
            default:
                let nearest = nearestName(to: value.name, among: settings)
                throw HostError(
                    "the behavior of a storage class has no setting `\(value.name)`",
                    hint: nearest.map { "did you mean `\($0)`?" }
                        ?? "it has \(settings.joined(separator: ", "))", span: value.span)
            }
        }
        return behavior
    }
}
