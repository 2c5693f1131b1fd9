import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("selectors by a label that they demand")
struct LabelIndexTests {
    private static let selectors: [LabelSelector] =
        ["a", "b", "c"].map { LabelSelector(labels: ["app": Value($0)]) }
        + [
            .everything, .nothing, LabelSelector(labels: ["app": "a", "tier": "db"]),
            LabelSelector([
                LabelSelector.Requirement(key: "app", operator: .isIn, values: ["a", "b"])
            ]),
            LabelSelector([
                LabelSelector.Requirement(key: "tier", operator: .exists, values: []),
                LabelSelector.Requirement(key: "app", operator: .isIn, values: ["c"]),
            ]),
        ]

    @Test("whatever is added and taken out, the candidates hold all that match, in order")
    func model() {
        var random = RandomStream(seed: 7)
        var index = LabelIndex()
        var model: [(number: Int, selector: LabelSelector)] = []
        for step in 1...2_000 {
            if model.count < 12, random.below(2) == 0 {
                let selector = Self.selectors[random.below(Self.selectors.count)]
                index.add(step, demanding: selector.demandedLabel)
                model.append((step, selector))
            } else if !model.isEmpty {
                let gone = model.remove(at: random.below(model.count))
                index.remove(gone.number, demanding: gone.selector.demandedLabel)
            }
            var labels = Object()
            if random.below(4) > 0 { labels["app"] = Value(["a", "b", "c"][random.below(3)]) }
            if random.below(2) == 0 { labels["tier"] = Value(["db", "web"][random.below(2)]) }
            let candidates = index.candidates(labels)
            #expect(candidates == candidates.sorted())
            let known = Set(model.map(\.number))
            #expect(known.isSuperset(of: candidates))
            let matching = model.filter { $0.selector.matches(labels) }.map(\.number)
            #expect(Set(candidates).isSuperset(of: matching))
            let strangers = candidates.filter { number in
                let selector = model.first { $0.number == number }!.selector
                guard let label = selector.demandedLabel else { return false }
                return labels[label.key].string != label.value
            }
            #expect(strangers.isEmpty)
        }
    }
}
