import Model
import Support
import Value

/// Selectors by one label that each demands: of many selectors those that may fit an object are found by
/// the object's labels, without a look at the others.
struct LabelIndex {
    /// A label that a selector demands.
    struct Label: Hashable {
        let key: Key
        let value: String
    }

    /// Rising numbers of selectors.
    private var byLabel: [Label: [Int]] = [:]
    /// The numbers of those that demand no label of one value.
    private var others: [Int] = []

    /// Adds a selector under a number greater than all before it.
    mutating func add(_ number: Int, demanding label: Label?) {
        if let label { byLabel[label, default: []].append(number) } else { others.append(number) }
    }

    /// Takes out the selector that was added under `number` with this label.
    mutating func remove(_ number: Int, demanding label: Label?) {
        guard let label else { return others.removeAll { $0 == number } }
        byLabel[label]?.removeAll { $0 == number }
        if byLabel[label]?.isEmpty == true { byLabel[label] = nil }
    }

    /// The numbers of the selectors that may fit an object with these labels, rising. What they demand
    /// besides is not looked at.
    func candidates(_ labels: Object) -> [Int] {
        var found = others
        if !byLabel.isEmpty {
            for field in labels {
                guard let value = field.value.string,
                    let numbers = byLabel[Label(key: field.key, value: value)]
                else { continue }
                found += numbers
            }
        }
        return found.count < 2 ? found : found.sorted()
    }
}

extension LabelSelector {
    /// A label without which no object fits; nil where there is none.
    var demandedLabel: LabelIndex.Label? {
        for requirement in requirements {
            switch requirement.operator {
            case .equals, .doubleEquals, .isIn:
                guard requirement.values.count == 1 else { continue }
                return LabelIndex.Label(key: requirement.key, value: requirement.values[0])
            case .notEquals, .notIn, .exists, .doesNotExist, .greaterThan, .lessThan: continue
            }
        }
        return nil
    }
}
