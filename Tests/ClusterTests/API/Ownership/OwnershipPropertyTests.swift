import Model
import Support
import Testing
import Value

@testable import Cluster

/// What must hold whatever is applied: managers apply random objects, with and without force, and a model
/// of leaves that knows nothing of trees says what must have come of it.
@Suite("ownership of random objects")
struct OwnershipPropertyTests {
    private static let managers = ["ann", "bob", "cas"]

    @Test(
        "no owner loses a field that it still applies, no conflict is missed, nothing is left over")
    func holds() throws {
        var thing = try OwnedThing()
        var conflicts = 0
        for seed in 1...150 as ClosedRange<UInt64> {
            thing.name = "t\(seed)"
            var random = RandomStream(seed: seed, labels: ["ownership"])
            var applied: [String: [String: Value]] = [:]
            for step in 0..<12 {
                let manager = Self.managers[random.below(3)]
                let isForced = random.below(3) == 0
                let config = Self.spec(&random)
                let place = "seed \(seed), step \(step), \(manager) \(JSON.text(config))"
                let (before, owned) = try Self.state(of: thing)
                let wanted = Self.leaves(config)
                let expected = Self.conflicts(wanted, of: manager, before, owned)
                let said = try thing.write(
                    isForced ? "forces" : "applies", config, by: manager)
                if !isForced, !expected.isEmpty {
                    #expect(said == expected, "\(place)")
                    conflicts += 1
                    continue
                }
                try #require(said.isEmpty, "\(place): \(said)")
                applied[manager] = wanted
                try check(thing, manager, wanted, owned, applied, place)
            }
        }
        #expect(conflicts > 100, "too few conflicts to mean anything")
    }

    private func check(
        _ thing: OwnedThing, _ manager: String, _ wanted: [String: Value],
        _ before: [String: Set<String>], _ applied: [String: [String: Value]], _ place: String
    ) throws {
        let (leaves, owned) = try Self.state(of: thing)
        // What was applied is there, and owned.
        for (path, value) in wanted { #expect(leaves[path] == value, "\(place): \(path)") }
        #expect(owned[manager] ?? [] == Set(wanted.keys), "\(place)")
        // Others own what they owned, but for what was taken from them.
        for (other, paths) in before where other != manager {
            let kept = paths.filter { path in
                wanted[path].map { $0 == applied[other]?[path] } ?? true
            }
            #expect(owned[other] ?? [] == kept, "\(place): \(other)")
            for path in kept {
                #expect(leaves[path] == applied[other]?[path], "\(place): \(other) \(path)")
            }
        }
        // What nobody applies is gone.
        let all = owned.values.reduce(into: Set<String>()) { $0.formUnion($1) }
        #expect(Set(leaves.keys) == all, "\(place)")
    }

    // MARK: The model

    private static func state(
        of thing: OwnedThing
    ) throws -> (leaves: [String: Value], owned: [String: Set<String>]) {
        guard let object = try? thing.object else { return ([:], [:]) }
        var owned: [String: Set<String>] = [:]
        for entry in object[.metadata]["managedFields"].elements {
            var paths: Set<String> = []
            members(entry["fieldsV1"]["f:spec"], ".spec", &paths)
            owned[entry.text("manager")] = paths
        }
        return (leaves(object[.spec]), owned)
    }

    private static func conflicts(
        _ wanted: [String: Value], of manager: String, _ leaves: [String: Value],
        _ owned: [String: Set<String>]
    ) -> String {
        var parts: [String] = []
        for other in owned.keys.sorted() where other != manager {
            let paths = (owned[other] ?? []).filter { path in
                wanted[path].map { $0 != leaves[path] } ?? false
            }
            if paths.isEmpty { continue }
            parts.append("\(other) " + paths.sorted(by: inOrder).joined(separator: " "))
        }
        return parts.joined(separator: "; ")
    }

    /// The paths of a level come before those below it.
    private static func inOrder(_ left: String, _ right: String) -> Bool {
        func isDeep(_ path: String) -> Bool {
            path.dropFirst(".spec.".count).contains { $0 == "." || $0 == "[" }
        }
        return isDeep(left) == isDeep(right) ? left < right : isDeep(right)
    }

    /// What has a value of its own, by its path; items of lists are there or not.
    private static func leaves(_ spec: Value) -> [String: Value] {
        var result: [String: Value] = [:]
        for field in spec.fields {
            let path = ".spec.\(field.key.name)"
            switch field.key.name {
            case "o", "m":
                for part in field.value.fields { result["\(path).\(part.key.name)"] = part.value }
            case "set":
                for item in field.value.elements { result["\(path)[=\(JSON.text(item))]"] = true }
            case "list":
                for item in field.value.elements {
                    let place = "\(path)[k=\(JSON.text(item["k"]))]"
                    result[place] = true
                    for part in item.fields { result["\(place).\(part.key.name)"] = part.value }
                }
            default: result[path] = field.value
            }
        }
        return result
    }

    private static func members(_ fields: Value, _ path: String, _ paths: inout Set<String>) {
        for field in fields.fields where field.key.name != "." {
            let name = field.key.name
            let rest = String(name.dropFirst(2))
            let step: String
            switch name.prefix(2) {
            case "k:":
                let key = (try? JSON.parse(rest))?["k"] ?? .null
                step = "[k=\(JSON.text(key))]"
            case "v:": step = "[=\(rest)]"
            default: step = ".\(rest)"
            }
            let below = field.value.fields
            if below.isEmpty || below.contains(".") { paths.insert(path + step) }
            members(field.value, path + step, &paths)
        }
    }

    // MARK: Random objects

    /// Parts are never empty, so that the model need not know what an empty one means.
    private static func spec(_ random: inout RandomStream) -> Value {
        var spec: Value = ["s": Value(random.below(2) == 0 ? "x" : "y")]
        func some(_ names: [String], _ random: inout RandomStream) -> [String] {
            names.filter { _ in random.below(2) == 0 }
        }
        if random.below(2) == 0 { spec["n"] = Value(random.below(2)) }
        for part in ["o", "m"] {
            for name in some(["a", "b"], &random) {
                spec[Key(part)][Key(name)] = Value("\(random.below(2))")
            }
        }
        if random.below(2) == 0 { spec["am"] = ["x": Value("\(random.below(2))")] }
        if random.below(2) == 0 { spec["atom"] = [Value("\(random.below(2))")] }
        let set = some(["a", "b", "c"], &random)
        if !set.isEmpty { spec["set"] = Value(strings: set) }
        let items: [Value] = some(["a", "b", "c"], &random).map { name in
            var item: Value = ["k": Value(name)]
            for part in some(["v", "w"], &random) { item[Key(part)] = Value(random.below(2)) }
            return item
        }
        if !items.isEmpty { spec["list"] = .array(items) }
        return spec
    }
}
