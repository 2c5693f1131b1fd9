import Model
import Printers
import Value

/// Prints the objects a verb read or wrote in the format of `-o`.
///
/// One per command: what is printed between objects (`---`, a repeated header) depends on what
/// came before.
final class ResultPrinter {
    let call: VerbCall
    /// Whether a table, or the verb's own line, is wanted instead of a format.
    let isPlain: Bool
    /// Whether the names of objects are all that is wanted.
    let isName: Bool
    private var printer: OutputPrinter?

    /// Reads `-o` and what goes with it.
    init(_ call: VerbCall, family: OutputFormat.Family = .change) throws(VerbError) {
        self.call = call
        let flags = call.flags
        let allowsMissing =
            !flags.has("allow-missing-template-keys") || flags.bool("allow-missing-template-keys")
        let options = OutputFormat.Options(
            template: flags.has("template") ? flags.string("template") : nil,
            omitsHeaders: flags.bool("no-headers"), allowsMissingKeys: allowsMissing,
            family: family)
        let files = call.context.files
        let format: OutputFormat?
        do throws(FormatError) {
            format = try OutputFormat.parse(flags.string("output"), options: options) {
                path throws(FormatError) in
                do throws(FileProblem) {
                    return try files.read(path)
                } catch {
                    throw FormatError("open \(path): \(error.message)")
                }
            }
        } catch {
            throw .message(error.message)
        }
        isPlain = format == nil
        if case .name = format { isName = true } else { isName = false }
        printer = format.map {
            OutputPrinter(
                $0, showsManagedFields: flags.bool("show-managed-fields"),
                holdsGoTypes: call.verb.holdsGoTypes)
        }
    }

    /// Whether `-o wide` was asked for.
    var isWide: Bool { call.flags.string("output").lowercased() == "wide" }

    /// Prints `value`, an object or a list.
    func write(_ value: Value) throws(VerbError) {
        guard printer != nil else { return }
        do throws(FormatError) {
            call.context.output.write(try printer!.print(value))
        } catch {
            call.context.output.write(error.output)
            throw .message(error.message)
        }
    }

    /// Prints the objects as one List.
    func writeList(_ objects: [FoundObject]) throws(VerbError) {
        try write(OutputPrinter.list(of: objects.map(\.value)))
    }

    /// Prints `deployment.apps/web created`, or the object as `-o` asks.
    func confirm(
        _ object: FoundObject, _ operation: String, dryRun: DryRun = .none
    ) throws(VerbError) {
        if isPlain {
            call.context.output.line("\(object.reference) \(operation)\(dryRun.suffix)")
        } else {
            try write(object.value)
        }
    }
}
