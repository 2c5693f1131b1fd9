import Cluster
import Model
import Printers
import Value

/// Prints the objects a verb read or wrote in the format of `-o`.
struct ResultPrinter {
    let call: VerbCall

    /// What `-o` says, with `--template` taken in; "" without it.
    var format: String {
        let output = call.flags.string("output")
        let template = call.flags.string("template")
        if !template.isEmpty, output.isEmpty { return "go-template=\(template)" }
        if !template.isEmpty, ["go-template", "jsonpath", "go-template-file"].contains(output) {
            return "\(output)=\(template)"
        }
        return output
    }

    /// Whether a table for people is wanted.
    var isTable: Bool { format.isEmpty || format == "wide" }

    /// The text for `objects`: as a List unless `isSingle`.
    func text(_ objects: [FoundObject], isSingle: Bool) throws(VerbError) -> String {
        if format == "name" {
            return objects.map { "\($0.reference)\n" }.joined()
        }
        let values = objects.map { WireForm.of($0.value, $0.info) }
        let value: Value =
            isSingle && values.count == 1
            ? values[0]
            : [
                .apiVersion: "v1", .items: .array(values), .kind: "List",
                .metadata: [.resourceVersion: ""],
            ]
        switch format {
        case "yaml": return YAMLPrinter.text(value)
        case "json": return JSON.text(value, style: .kubectl) + "\n"
        default:
            throw .message("unable to match a printer suitable for the output format \"\(format)\"")
        }
    }

    private var allowsMissingKeys: Bool {
        !call.flags.has("allow-missing-template-keys")
            || call.flags.bool("allow-missing-template-keys")
    }

    /// Prints `deployment.apps/web created`, or the object as `-o` asks.
    func confirm(_ object: FoundObject, _ operation: String, dryRun: DryRun = .none)
        throws(VerbError)
    {
        if format.isEmpty {
            call.context.output.line("\(object.reference) \(operation)\(dryRun.suffix)")
        } else {
            call.context.output.write(try text([object], isSingle: true))
        }
    }
}

/// Brings an object into the form in which Go's encoder writes it: fields that Go prints though they
/// are empty (`creationTimestamp: null` of a template, `status: {}`), and without what kubectl hides.
enum WireForm {
    static func of(_ value: Value, _ info: KindInfo) -> Value {
        var result = value
        result[.metadata]["managedFields"] = .null
        let template = result[.spec][.template]
        if !template.isNull, info.kind != .persistentVolumeClaim {
            addTimestamp(&result[.spec][.template])
        }
        if info.kind == .cronJob {
            addTimestamp(&result[.spec][.jobTemplate])
            addTimestamp(&result[.spec][.jobTemplate][.spec][.template])
        }
        return result
    }

    private static func addTimestamp(_ template: inout Value) {
        var metadata = template[.metadata].fields
        guard metadata[.creationTimestamp].isNull else { return }
        metadata.set(.creationTimestamp, to: .null)
        template[.metadata] = .object(metadata)
    }
}
