import Support
import Testing
import Value

@Suite struct KeyChainTests {
    @Test func `a chain of keys reads and writes as the subscripts do`() {
        var object: Value = [.spec: [.replicas: 1]]
        #expect(object.value(at: [.spec, .replicas]) == 1)
        #expect(object.value(at: [.status, .replicas]) == .null)
        #expect(object.value(at: []) == object)
        object.modify(at: [.spec, .template, .name]) { $0 = "web" }
        object.modify(at: [.spec, .replicas]) { $0 = nil }
        #expect(object == [.spec: [.template: [.name: "web"]]])
        object.modify(at: [Key]()) { $0 = 2 }
        #expect(object == 2)
    }

    private struct Refusal: Error {}

    @Test func `an error of the change passes on`() {
        var object: Value = [.spec: [.replicas: 1]]
        #expect(throws: Refusal.self) {
            try object.modify(at: [.spec]) { _ throws(Refusal) in throw Refusal() }
        }
        #expect(object == [.spec: [.replicas: 1]])
    }
}
