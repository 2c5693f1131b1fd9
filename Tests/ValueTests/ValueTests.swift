import Support
import Testing

@testable import Value

@Suite("the value type")
struct ValueTests {
    @Test("a value is 9 bytes in 16, a field exactly 16")
    func layout() {
        #expect(MemoryLayout<Value>.size == 9)
        #expect(MemoryLayout<Value>.stride == 16)
        #expect(MemoryLayout<Field>.size == 16)
    }

    @Test("writing through a chain of keys makes the objects on the way")
    func chain() {
        var value = Value.null
        value[.metadata][.labels]["app"] = "web"
        #expect(value == [.metadata: [.labels: ["app": "web"]]])
    }

    @Test("a copy does not see a later write")
    func copyOnWrite() {
        var value: Value = [.spec: [.replicas: 1], .status: [.replicas: 1]]
        let copy = value
        value[.spec][.replicas] = 5
        #expect(copy[.spec][.replicas].int == 1)
        #expect(value[.spec][.replicas].int == 5)
        #expect(value[.status].fields.isIdentical(to: copy[.status].fields))
    }

    @Test("setting null removes a field, set(_:to:) keeps an explicit null")
    func removal() {
        var object: Object = ["a": 1, "b": 2, "c": 3]
        object["b"] = .null
        #expect(object.keys.map(\.name) == ["a", "c"])
        object.set("d", to: .null)
        #expect(object.contains("d"))
        #expect(object.count == 3)
    }

    @Test("reading an absent field changes nothing")
    func absent() {
        var object: Object = ["a": 1]
        #expect(object["b"].isNull)
        object["b"] = .null
        #expect(object.count == 1)
        #expect(object["b"][.name][0].isNull)
    }

    @Test("equality ignores the order of fields, not that of elements")
    func equality() {
        let left: Value = ["a": 1, "b": [1, 2]]
        let right: Value = ["b": [1, 2], "a": 1]
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
        #expect(left != ["a": 1, "b": [2, 1]])
        #expect(Value(1) == Value(1.0))
        #expect(Value("1") != Value(1))
    }

    @Test("an object keeps insertion order over growth and removal")
    func order() {
        var object = Object()
        for index in 0..<100 { object["key\(index)"] = Value(index) }
        for index in stride(from: 0, to: 100, by: 2) { object["key\(index)"] = .null }
        #expect(object.keys.map(\.name) == stride(from: 1, to: 100, by: 2).map { "key\($0)" })
        #expect(object["key51"].int == 51)
    }

    @Test("elements are written in place and appended")
    func elements() {
        var value: Value = ["list": [["n": 1], ["n": 2]]]
        value["list"][1]["n"] = 7
        value["list"].append(["n": 3])
        #expect(value == ["list": [["n": 1], ["n": 7], ["n": 3]]])
        #expect(value["list"][9].isNull)
    }
}
