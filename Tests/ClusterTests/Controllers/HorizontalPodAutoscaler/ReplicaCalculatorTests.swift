import Model
import Support
import Testing
import Value

@testable import Cluster

/// What is measured of pods against what is wanted: tables after upstream's rules.
@Suite("replica calculation")
struct ReplicaCalculatorTests {
    /// A pod of a table: what it is, and what is measured of it.
    enum Pod: Sendable {
        case ready(Int64)
        /// Running, started and not ready yet, measured all the same.
        case starting(Int64)
        case pending
        /// Running and ready, but not measured.
        case missing
        case deleting(Int64)
        case failed
    }

    private static let now: Milliseconds = 600_000

    private func object(_ pod: Pod, _ number: Int) -> StoredObject {
        var value: Value = [
            .metadata: [.name: Value("p\(number)")],
            .status: [
                .phase: "Running", .startTime: "2025-01-01T00:00:00Z",
                .conditions: [
                    [
                        .type: "Ready", .status: "True",
                        .lastTransitionTime: "2025-01-01T00:00:10Z",
                    ]
                ],
            ],
        ]
        switch pod {
        case .ready, .missing: break
        case .starting:
            value[.status][.startTime] = "2025-01-01T00:09:00Z"
            value[.status][.conditions] = [
                [
                    .type: "Ready", .status: "False",
                    .lastTransitionTime: "2025-01-01T00:09:00Z",
                ]
            ]
        case .pending: value[.status][.phase] = "Pending"
        case .deleting: value[.metadata][.deletionTimestamp] = "2025-01-01T00:09:59Z"
        case .failed: value[.status][.phase] = "Failed"
        }
        return StoredObject(
            kind: .pod, slot: Slot(index: Int32(number)),
            key: ObjectKey(namespace: "default", name: "p\(number)"), resourceVersion: 1,
            value: value)
    }

    private func measured(_ pods: [Pod]) -> [String: PodMeter.Sample] {
        var result: [String: PodMeter.Sample] = [:]
        for (number, pod) in pods.enumerated() {
            switch pod {
            case .ready(let value), .starting(let value), .deleting(let value):
                result["p\(number)"] = PodMeter.Sample(
                    value: value, time: Self.now, window: 15_000)
            case .pending, .missing, .failed: continue
            }
        }
        return result
    }

    private func calculator(_ pods: [Pod], _ current: Int) -> ReplicaCalculator {
        ReplicaCalculator(
            pods: pods.enumerated().map { object($1, $0) }, current: current, now: Self.now)
    }

    private func utilization(_ pods: [Pod], target: Int, current: Int) throws -> Int {
        let requests = Dictionary(
            uniqueKeysWithValues: pods.indices.map { ("p\($0)", Int64(1_000)) })
        return try calculator(pods, current).utilization(
            measured(pods), target: target, resource: "cpu"
        ) { () throws(MetricProblem) in
            requests
        }.replicas
    }

    @Test(
        "ready pods: the ratio rounded up, nothing within a tenth",
        arguments: [
            ([300, 500, 700], 30, 5), ([100, 300, 500, 250, 250], 50, 3),
            // 33 % of 30 % is 1.1, in doubles a little more than a tenth away.
            ([320, 320, 320], 30, 3), ([330, 330, 330], 30, 4), ([270, 270, 270], 30, 3),
            ([150, 150, 150], 30, 2),
        ] as [([Int64], Int, Int)])
    func readyPods(values: [Int64], target: Int, wanted: Int) throws {
        let pods = values.map { Pod.ready($0) }
        #expect(try utilization(pods, target: target, current: values.count) == wanted)
    }

    @Test(
        "pods that are starting count as idle when more are wanted, and not at all when fewer are",
        arguments: [
            // 0.48 of 0.3: ratio 1.6, with a third idle pod 1.07: nothing.
            ([.ready(480), .ready(480), .starting(900)], 30, 3),
            ([.ready(900), .ready(900), .starting(900)], 30, 6),
            ([.ready(100), .ready(100), .starting(900)], 30, 1),
            ([.ready(900), .ready(900), .pending], 30, 6),
        ] as [([Pod], Int, Int)])
    func startingPods(pods: [Pod], target: Int, wanted: Int) throws {
        #expect(try utilization(pods, target: target, current: 3) == wanted)
    }

    @Test(
        "pods that are not measured count as idle when more are wanted, as fully busy when fewer are",
        arguments: [
            ([.ready(900), .ready(900), .missing], 30, 6),
            ([.ready(100), .ready(100), .missing], 50, 3),
            ([.ready(100), .ready(100), .ready(100), .missing], 100, 2),
        ] as [([Pod], Int, Int)])
    func missingPods(pods: [Pod], target: Int, wanted: Int) throws {
        #expect(try utilization(pods, target: target, current: pods.count) == wanted)
    }

    @Test("pods that go or have failed do not count")
    func ignoredPods() throws {
        #expect(
            try utilization(
                [.ready(600), .ready(600), .deleting(0), .failed], target: 30, current: 2) == 4)
    }

    @Test("without a measured pod that counts there is no number")
    func nothing() {
        #expect {
            try utilization([.starting(100), .pending], target: 30, current: 2)
        } throws: {
            ($0 as? MetricProblem)?.message
                == "did not receive metrics for targeted pods (pods might be unready)"
        }
        #expect {
            try utilization([], target: 30, current: 2)
        } throws: {
            ($0 as? MetricProblem)?.message
                == "no pods returned by selector while calculating replica count"
        }
    }

    @Test(
        "an average takes missing pods for just busy enough when fewer are wanted",
        arguments: [
            ([.ready(20_000), .ready(10_000)], 10_000, 3),
            ([.ready(1_000), .ready(1_000), .missing], 10_000, 2),
            ([.ready(40_000), .ready(40_000), .missing], 10_000, 8),
        ] as [([Pod], Int64, Int)])
    func averages(pods: [Pod], target: Int64, wanted: Int) throws {
        let found = try calculator(pods, pods.count).plain(
            measured(pods), target: target, resource: "")
        #expect(found.replicas == wanted)
    }

    @Test(
        "a value shared among the replicas",
        arguments: [(100, 10, 5, 10), (52, 10, 5, 5), (10, 10, 0, 1), (0, 10, 3, 0)])
    func shared(measured: Int64, target: Int64, counted: Int, wanted: Int) {
        let found = calculator([], counted).shared(measured, target: target, counted: counted)
        #expect(found.replicas == wanted)
    }
}
