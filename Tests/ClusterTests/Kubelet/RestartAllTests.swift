import Model
import Testing
import Value

@testable import Cluster

@Suite("one container's end starts all of them again")
struct RestartAllTests {
    private let rule: Value = [
        "action": "RestartAllContainers", "exitCodes": ["operator": "In", "values": [42]],
    ]

    private func world(exitCode: Int) throws -> PodWorld {
        let world = try PodWorld()
        world.behave("watched:1") {
            $0.exitAfter = 5_000
            $0.exitCode = exitCode
            $0.exitTimes = 1
        }
        world.behave("setup:1") { $0.exitAfter = 100 }
        try world.run(
            "all",
            [
                .restartPolicy: "Never",
                .initContainers: [[.name: "setup", .image: "setup:1"]],
                .containers: [
                    [
                        .name: "main", .image: "watched:1", .restartPolicy: "Never",
                        "restartPolicyRules": [rule],
                    ],
                    [.name: "beside", .image: "other:1"],
                ],
            ])
        return world
    }

    @Test("the others are killed, and everything begins with the init containers")
    func allAgain() throws {
        let world = try world(exitCode: 42)
        try world.advance(5)
        #expect(try condition(world) == "False")
        try world.advance(2)
        #expect(try condition(world) == "True RestartAllContainersStarted")
        try world.advance(60)
        #expect(try condition(world) == "False")
        #expect(try world.status("all").text(.phase) == "Running")
        for name in ["main", "beside"] {
            #expect(try world.state("all", name) == "running")
            let container = try world.container("all", name)
            #expect(container.int(.restartCount) == 1)
            let last = container[.lastState][.terminated]
            #expect(last.text(.reason) == "RestartingAllContainers")
            #expect(last.int(.exitCode) == 137)
        }
        #expect(try world.container("all", "setup").int(.restartCount) == 1)
        #expect(world.events("all", ["Killing"]) == ["Killing: killing"])
    }

    @Test("another exit code is left to the policies")
    func otherCode() throws {
        let world = try world(exitCode: 1)
        try world.advance(60)
        #expect(try world.state("all") == "terminated Error 1")
        #expect(try world.container("all", "beside").int(.restartCount) == 0)
    }

    private func condition(_ world: PodWorld) throws -> String {
        let condition = try world.status("all").conditions["AllContainersRestarting"]
        let reason = condition?.reason ?? ""
        return (condition?.status ?? "none") + (reason.isEmpty ? "" : " " + reason)
    }
}
