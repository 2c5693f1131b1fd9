import Model
import Testing
import Value

@testable import Cluster

@Suite("images and pulls")
struct ImageTests {
    @Test("ErrImagePull and ImagePullBackOff take turns, at growing intervals")
    func pullBackOff() throws {
        let world = try PodWorld()
        world.behave { $0.pullFailure = "not found" }
        try world.run("pod", [:])
        try world.advance(90)
        #expect(
            world.timeline("pod") == [
                "0.0 waiting ContainerCreating", "1.5 waiting ErrImagePull",
                "14.0 waiting ImagePullBackOff", "26.5 waiting ErrImagePull",
                "39.0 waiting ImagePullBackOff", "51.5 waiting ErrImagePull",
                "64.0 waiting ImagePullBackOff",
            ])
        let failure =
            "rpc error: code = NotFound desc = failed to pull and unpack image "
            + "\"docker.io/library/app:1\": failed to resolve reference "
            + "\"docker.io/library/app:1\": docker.io/library/app:1: not found"
        #expect(
            try world.container("pod")[.state][.waiting].text(.message)
                == "Back-off pulling image \"app:1\": ErrImagePull: \(failure)")
        #expect(
            world.events("pod", ["Pulling", "Failed", "BackOff"]) == [
                "Pulling: Pulling image \"app:1\" x4",
                "Failed: Failed to pull image \"app:1\": \(failure) x4",
                "Failed: Error: ErrImagePull x4",
                "BackOff: Back-off pulling image \"app:1\" x5",
                "Failed: Error: ImagePullBackOff x5",
            ])
    }

    @Test(
        "what is pulled follows the policy and what the node has",
        arguments: [
            (
                "IfNotPresent",
                "Container image \"app:1\" already present on machine and can be accessed by the pod",
                1
            ),
            (
                "Always",
                "Successfully pulled image \"app:1\" in 412ms (412ms including waiting). "
                    + "Image size: 115571520 bytes.", 2
            ),
        ])
    func policies(_ policy: String, _ message: String, _ pulls: Int) throws {
        let world = try PodWorld()
        for name in ["one", "two"] {
            try world.run(
                name,
                [
                    .containers: [
                        [.name: "main", .image: "app:1", .imagePullPolicy: Value(policy)]
                    ]
                ])
            try world.advance(2)
        }
        #expect(world.events("two", ["Pulled"]) == ["Pulled: \(message)"])
        let pulling = world.events("one", ["Pulling"]) + world.events("two", ["Pulling"])
        #expect(pulling.count == pulls)
    }

    @Test("an image that may not be pulled and is not there")
    func neverPull() throws {
        let world = try PodWorld()
        try world.run(
            "pod", [.containers: [[.name: "main", .image: "app:1", .imagePullPolicy: "Never"]]])
        try world.advance(14)
        #expect(try world.state("pod") == "waiting ErrImageNeverPull")
        #expect(
            world.events("pod", ["ErrImageNeverPull", "Failed"]) == [
                "ErrImageNeverPull: Container image \"app:1\" is not present with pull policy of "
                    + "Never x2",
                "Failed: Error: ErrImageNeverPull x2",
            ])
    }

    @Test("a name that is none")
    func invalidName() throws {
        let world = try PodWorld()
        try world.run("pod", [.containers: [[.name: "main", .image: "Nginx:1"]]])
        try world.advance(14)
        #expect(try world.state("pod") == "waiting InvalidImageName")
        #expect(
            world.events("pod", ["InspectFailed"]) == [
                "InspectFailed: Failed to apply default image tag \"Nginx:1\": couldn't parse image "
                    + "name \"Nginx:1\": invalid reference format: repository name "
                    + "(library/Nginx) must be lowercase x2"
            ])
    }

    @Test(
        "names as a runtime completes them",
        arguments: [
            ("nginx", "docker.io/library/nginx:latest", nil),
            ("example/app:2", "docker.io/example/app:2", nil),
            ("registry.k8s.io/pause:3.9", "registry.k8s.io/pause:3.9", nil),
            ("localhost:5000/a/b", "localhost:5000/a/b:latest", nil),
            ("ghcr.io/x@sha256:00", "ghcr.io/x@sha256:00", nil),
            ("app:-1", "docker.io/library/app:-1", "invalid reference format"),
            ("a b", "docker.io/library/a b:latest", "invalid reference format"),
            (
                "Acme/App", "docker.io/Acme/App:latest",
                "invalid reference format: repository name (Acme/App) must be lowercase"
            ),
        ] as [(String, String, String?)])
    func names(_ text: String, _ normalized: String, _ fault: String?) {
        let name = ImageName(text)
        #expect(name.normalized == normalized)
        #expect(name.fault == fault)
    }

    @Test("pulls of a node come one after another")
    func serialPulls() throws {
        let world = try PodWorld()
        world.behave("*") { $0.pullTime = 5_000 }
        try world.run("one", [.containers: [[.name: "main", .image: "a:1"]]])
        try world.run("two", [.containers: [[.name: "main", .image: "b:1"]]])
        try world.advance(20)
        #expect(
            world.events("one", ["Pulled"])[0].contains("in 5s (5s including waiting)"))
        #expect(
            world.events("two", ["Pulled"])[0].contains("in 5s (9.9s including waiting)"))
        #expect(try world.status("two").text(.phase) == "Running")
    }

    @Test("containers of one image wait together, another image is tried at once")
    func sharedBackOff() throws {
        let world = try PodWorld()
        for image in ["app:1", "other:1"] { world.behave(image) { $0.pullFailure = "not found" } }
        try world.run(
            "pod",
            [
                .containers: [
                    [.name: "first", .image: "app:1"], [.name: "second", .image: "app:1"],
                    [.name: "third", .image: "other:1"],
                ]
            ])
        try world.advance(2)
        #expect(
            world.events("pod", ["Pulling"]) == [
                "Pulling: Pulling image \"app:1\"", "Pulling: Pulling image \"other:1\"",
            ])
        #expect(try world.state("pod", "second") == "waiting ImagePullBackOff")
        #expect(
            try world.container("pod", "second")[.state][.waiting].text(.message)
                .hasPrefix("Back-off pulling image \"app:1\": ErrImagePull: "))
    }
}
