import Support
import Value

/// The defaults that the API server fills in when an object is decoded, as 1.36 does.
///
/// Our own functions, each named after its origin (`SetDefaults_X` of pkg/apis): those of single kinds
/// stand with their descriptors, those that many share here. Defaulting is idempotent. What the
/// registry adds on creation (names, addresses, initial status) is not among them.
package enum Defaults {
    /// Fills in the defaults of `kind`, and the empty structs that Go cannot omit. The object must
    /// have been decoded.
    package static func apply(_ value: inout Value, kind: KindDescriptor) {
        // Go's structs are there before their defaults are set: an absent template has them too.
        GoZeroFields.fill(&value, kind: kind)
        kind.rules.defaults(&value)
    }
}

extension Defaults {
    private static let milli: Int128 = 1_000_000
    /// Only forms with one of these can say less than a thousandth.
    private static let fine = Set("unEe.".utf8)

    /// SetDefaults_ResourceList: amounts are counted in thousandths, and rounded up to them. `10u` of a
    /// processor becomes `1m`.
    static func amounts(_ list: inout Value) {
        for field in list.fields where isFine(field.value) {
            guard let amount = Quantity(field.value), amount.nanos % milli != 0 else { continue }
            let whole = amount.nanos / milli * milli
            let (up, isOver) = whole.addingReportingOverflow(amount.nanos > 0 ? milli : 0)
            // The greatest amount has no greater one to be rounded up to.
            if isOver { continue }
            list[field.key] = Value(Quantity(nanos: up, format: amount.format).text)
        }
    }

    private static func isFine(_ amount: Value) -> Bool {
        amount.string?.utf8.contains(where: fine.contains) ?? false
    }

    /// The amounts in `resources` of a container, a claim and the like. Where nothing is to be rounded
    /// nothing is touched, so that templates go on sharing what they hold.
    static func resources(_ owner: inout Value) {
        for key in [Key.limits, .requests]
        where owner[.resources][key].fields.contains(where: { isFine($0.value) }) {
            amounts(&owner[.resources][key])
        }
    }
}

extension Value {
    /// Sets a field that is absent.
    mutating func fill(_ key: Key, _ value: Value) {
        if self[key].isNull { self[key] = value }
    }

    /// Changes a field's value where the field is present.
    mutating func ifPresent(_ key: Key, _ body: (inout Value) -> Void) {
        if !self[key].isNull { body(&self[key]) }
    }

    /// Changes each element of a list field.
    package mutating func forEach(_ key: Key, _ body: (inout Value) -> Void) {
        guard case .array(var values) = self[key], !values.isEmpty else { return }
        for index in values.indices { body(&values[index]) }
        self[key] = .array(values)
    }
}
