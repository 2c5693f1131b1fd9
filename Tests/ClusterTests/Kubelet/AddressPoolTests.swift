import API
import Support
import Testing
import Value

@testable import Cluster

@Suite("the addresses of pods")
struct AddressPoolTests {
    @Test("the next free one after the last that was given, round and round")
    func order() throws {
        var pool = try #require(AddressPool(range: "10.1.2.0/29"))
        #expect((0..<5).map { _ in pool.take() ?? "" } == (2...6).map { "10.1.2.\($0)" })
        #expect(pool.isExhausted && pool.take() == nil)
        pool.give("10.1.2.4")
        pool.give("10.1.2.4")
        pool.give("10.1.2.1")
        pool.give("10.9.9.9")
        #expect(pool.take() == "10.1.2.4")
        #expect(pool.take() == nil)
        pool.reset()
        #expect(pool.take() == "10.1.2.5")
    }

    @Test("no address is given twice before it is back")
    func unique() throws {
        var pool = try #require(AddressPool(range: "10.1.2.0/24"))
        var random = RandomStream(seed: 3)
        var held: [String] = []
        for _ in 0..<20_000 {
            if random.below(2) == 0, let address = pool.take() {
                #expect(!held.contains(address))
                held.append(address)
            } else if !held.isEmpty {
                pool.give(held.remove(at: random.below(held.count)))
            }
        }
        #expect(pool.rangeSet == "10.1.2.1-10.1.2.254")
    }

    @Test(
        "what is no range of addresses makes no pool",
        arguments: [
            "", "10.0.0.0", "10.0.0.0/30", "10.0.0.0/8", "10.0.0/24", "300.0.0.0/24", "fd00::/64",
            "10.0.0.0/24/1",
        ])
    func refused(range: String) { #expect(AddressPool(range: range) == nil) }

    @Test("a pod that outlives 300 others keeps its address to itself")
    func longLife() throws {
        let test = try PodWorld()
        try test.run("long", [:])
        try test.advance(3)
        let address = try test.status("long").text(.podIP)
        for number in 0..<300 {
            try test.run("p-\(number)", [.terminationGracePeriodSeconds: 1])
            try test.advance(2)
            #expect(try test.status("p-\(number)").text(.podIP) != address)
            try test.world.delete(.pod, "p-\(number)")
            try test.advance(2)
        }
        #expect(test.world.list(.pod).count == 1)
    }

    @Test("a finished pod gives its address up")
    func finished() throws {
        let test = try PodWorld()
        test.behave { $0.exitAfter = 100 }
        for number in 0..<260 {
            try test.run("p-\(number)", [.restartPolicy: "Never", .nodeName: "node-1"])
            try test.advance(3)
        }
        #expect(try test.status("p-259").text(.phase) == "Succeeded")
        #expect(test.events("p-259", ["FailedCreatePodSandBox"]).isEmpty)
    }

    @Test("with every address in use a pod waits, says why, and starts when one is free")
    func exhausted() throws {
        var template = NodeTemplate()
        template.pods = 300
        let test = try PodWorld(nodes: 0)
        try test.cluster.addNode("big", template)
        for number in 0..<254 { try test.run("p-\(number)", [.terminationGracePeriodSeconds: 1]) }
        try test.advance(60)
        let running = test.world.list(.pod).filter { $0.value[.status].text(.phase) == "Running" }
        #expect(Set(running.map { $0.value[.status].text(.podIP) }).count == 253)
        let waiting = try #require(
            test.world.list(.pod).first { $0.value[.status].text(.phase) == "Pending" })
        #expect(try test.state(waiting.name) == "waiting ContainerCreating")
        let event = try #require(test.events(waiting.name, ["FailedCreatePodSandBox"]).first)
        #expect(
            event.hasSuffix(
                "no IP addresses available in range set: 10.244.0.1-10.244.0.254"))
        try test.world.settle()
        try test.world.delete(.pod, running[0].name)
        try test.world.settle()
        #expect(try test.state(waiting.name) == "running")
        #expect(
            try test.status(waiting.name).text(.podIP) == running[0].value[.status].text(.podIP))
    }
}
