import Patterns
import Value

/// How the driver of a StorageClass acts: what a script says with `behavior storageclass/NAME`.
///
/// Where a property is nil the simulator's own idea holds: every driver makes volumes, in the time that
/// the profile says.
package struct ProvisioningBehavior: Sendable, Equatable {
    /// Whether there is a driver that makes volumes at all.
    package var provisions: Bool?
    /// What a volume takes to be made.
    package var after: Milliseconds?
    /// Why no volume can be made; empty: it can.
    package var failure: String?

    package init() {}
}

/// The behaviors of classes; later ones win over earlier ones, property by property.
package struct ProvisioningTable: Sendable {
    private var rules: [(name: String, behavior: ProvisioningBehavior)] = []

    /// - Parameter name: of a class; `*` stands for any text.
    package mutating func add(_ name: String, _ behavior: ProvisioningBehavior) {
        rules.removeAll { $0.name == name }
        rules.append((name, behavior))
    }

    func behavior(of name: String) -> ProvisioningBehavior {
        var result = ProvisioningBehavior()
        for rule in rules where Glob(rule.name, syntax: .star).matches(name) {
            result.provisions = rule.behavior.provisions ?? result.provisions
            result.after = rule.behavior.after ?? result.after
            result.failure = rule.behavior.failure ?? result.failure
        }
        return result
    }
}
