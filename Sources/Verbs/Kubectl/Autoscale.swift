import Model
import Value

extension Verb {
    /// `kubectl autoscale`.
    static let autoscale: Verb = {
        var verb = Verb("autoscale", summary: "Create a horizontal pod autoscaler for a workload")
        verb.usage =
            "(-f FILE | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS "
            + "[--cpu=CPU] [--memory=MEMORY] [flags]"
        verb.examples = ["autoscale deployment web --min=2 --max=10 --cpu=80%"]
        verb.flags =
            [
                .filename, .recursive, .kustomize,
                Flag("min", nil, .int, "the fewest pods", standard: "-1"),
                Flag("max", nil, .int, "the most pods", standard: "-1", isRequired: true),
                Flag("cpu", nil, .string, "the wanted use of cpu: 70% of the requests, or 500m"),
                Flag("memory", nil, .string, "the wanted use of memory: 60%, or 200Mi"),
                Flag(
                    "cpu-percent", nil, .int, "the wanted use of the requested cpu", standard: "-1"
                ).deprecated(
                    "Use --cpu with percentage or resource quantity format (e.g., '70%' for "
                        + "utilization or '500m' for milliCPU)."),
                Flag("name", nil, .string, "the name of the autoscaler"),
                .record,
            ] + Flag.generatorFlags
        verb.holdsGoTypes = true
        verb.completes = .resources
        verb.run = autoscale
        return verb
    }()

    private static func autoscale(_ call: VerbCall) throws {
        let (least, most) = (call.flags.int("min"), call.flags.int("max"))
        if most < 1 {
            throw VerbError.message(
                "--max=MAXPODS is required and must be at least 1, max: \(most)")
        }
        if most < least {
            throw VerbError.message(
                "--max=MAXPODS must be larger or equal to --min=MINPODS, max: \(most), min: \(least)"
            )
        }
        let metrics = try metrics(call)
        let found = try ObjectQuery(call).run()
        let creation = try Creation(call)
        try call.forEach(found) { object throws(VerbError) in
            guard object.info.isScalable else {
                throw .message(
                    "cannot autoscale a \(object.info.name): the server could not find the "
                        + "requested resource")
            }
            let name = call.flags.string("name")
            var spec: Value = [
                .scaleTargetRef: [
                    .apiVersion: Value(object.info.apiVersion), .kind: Value(object.info.name),
                    .name: Value(object.name),
                ],
                .maxReplicas: Value(most),
            ]
            if least > 0 { spec[.minReplicas] = Value(least) }
            if !metrics.isEmpty { spec[.metrics] = .array(metrics) }
            var value: Value = [
                .metadata: [.name: Value(name.isEmpty ? object.name : name)], .spec: spec,
            ]
            if creation.dryRun == .client {
                // What Go's type cannot leave out.
                var status = Object()
                status.append("currentMetrics", .null)
                status.append(.desiredReplicas, 0)
                value[.status] = .object(status)
            }
            do throws(VerbError) {
                try creation.generate(
                    .horizontalPodAutoscaler, value, failing: nil,
                    operation: creation.dryRun == .client ? "created" : "autoscaled")
            } catch {
                throw Self.refused(error, call)
            }
        }
        if found.objects.isEmpty { throw VerbError.message("no objects passed to autoscale") }
    }

    /// What kubectl says when the autoscaler cannot be created: it would try the older version, which
    /// knows only the use of cpu as a percentage.
    private static func refused(_ error: VerbError, _ call: VerbCall) -> VerbError {
        let (cpu, hasMemory) = (call.flags.string("cpu"), !call.flags.string("memory").isEmpty)
        let start =
            "failed to create autoscaling/v2 HPA and the configuration is incompatible with "
            + "autoscaling/v1: "
        if cpu.isEmpty { return .message(start + "empty input") }
        return cpu.hasSuffix("%") && !hasMemory ? error : .message(start + "%!w(<nil>)")
    }

    /// What the autoscaler is to measure. Source: kubectl's autoscale command, parseResourceInput.
    private static func metrics(_ call: VerbCall) throws(VerbError) -> [Value] {
        let percent = call.flags.int("cpu-percent")
        if percent > 0, !call.flags.string("cpu").isEmpty {
            throw .message("--cpu-percent and --cpu are mutually exclusive")
        }
        var metrics: [Value] = []
        if percent > 0 {
            metrics.append(
                metric("cpu", [.type: "Utilization", .averageUtilization: Value(percent)]))
        }
        for (name, unit) in [("cpu", "m"), ("memory", "Mi")] {
            let text = call.flags.string(name)
            if !text.isEmpty { metrics.append(metric(name, try target(text, name, unit: unit))) }
        }
        return metrics
    }

    private static func metric(_ name: String, _ target: Value) -> Value {
        [.type: "Resource", .resource: [.name: Value(name), .target: target]]
    }

    /// `70%`, `500m`, or a number of the unit.
    private static func target(
        _ text: String, _ name: String, unit: String
    ) throws(VerbError) -> Value {
        if text.hasSuffix("%") {
            guard let percent = Int32(text.dropLast()), percent >= 0 else {
                throw .message("invalid percentage value: \(text.dropLast())")
            }
            return [.type: "Utilization", .averageUtilization: Value(Int(percent))]
        }
        let isNumber = text.allSatisfy { $0.isASCII && $0.isNumber || $0 == "." }
        guard let quantity = try? Quantity(parsing: isNumber ? text + unit : text) else {
            throw .message("invalid resource \(name) value: \(text)")
        }
        return [.type: "AverageValue", "averageValue": Value(quantity.text)]
    }
}
