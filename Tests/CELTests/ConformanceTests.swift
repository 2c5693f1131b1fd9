import Foundation
import Testing

@testable import CEL

/// The public conformance cases of cel-spec (tests/simple/testdata), which are not part of this
/// repository: `CEL_CONFORMANCE` names the folder that has them. Without it nothing is tried.
@Suite("CEL conformance")
struct ConformanceTests {
    @Test("every public case passes that needs no protocol buffers")
    func publicCases() throws {
        guard let folder = ProcessInfo.processInfo.environment["CEL_CONFORMANCE"] else { return }
        var report: [String] = []
        var failures: [String] = []
        var sums = (passed: 0, tried: 0, skipped: 0)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        where name.hasSuffix(".textproto") {
            let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            let file = TextProto(text)
            var counts = (passed: 0, tried: 0)
            var skipped: [String: Int] = [:]
            for section in file.messages("section") {
                for test in section.messages("test") {
                    let run = ConformanceCase(test)
                    if let reason = run.skipReason {
                        skipped[reason, default: 0] += 1
                        sums.skipped += 1
                        continue
                    }
                    counts.tried += 1
                    if let failure = run.failure {
                        let path =
                            "\(name)/\(section.string("name") ?? "")/\(test.string("name") ?? "")"
                        failures.append("\(path): \(run.expression)\n    \(failure)")
                    } else {
                        counts.passed += 1
                    }
                }
            }
            sums.passed += counts.passed
            sums.tried += counts.tried
            let reasons = skipped.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
            report.append(
                "\(name.dropLast(".textproto".count)): \(counts.passed)/\(counts.tried)"
                    + (reasons.isEmpty ? "" : ", skipped: " + reasons.joined(separator: ", ")))
        }
        report.append("in all: \(sums.passed)/\(sums.tried), skipped \(sums.skipped)")
        print(report.joined(separator: "\n"))
        print(failures.joined(separator: "\n"))
        #expect(failures.isEmpty)
    }
}

/// One case: an expression, variables, and what must come out.
private struct ConformanceCase {
    let test: TextProto
    let expression: String

    init(_ test: TextProto) {
        self.test = test
        expression = test.string("expr") ?? ""
    }

    /// Why it is not tried; nil where it is.
    var skipReason: String? {
        let container = test.string("container") ?? ""
        let text = String(describing: test)
        if container.contains("proto2") || container.contains("proto3")
            || expression.contains("TestAllTypes") || text.contains("TestAllTypes")
            || text.contains("object_value") || expression.contains("proto.")
            || expression.contains("cel.expr.") || container == "google.protobuf"
        {
            return "with protocol buffers"
        }
        if expression.range(of: #"google\.protobuf\.\w+\s*\{"#, options: .regularExpression) != nil
            || expression.contains("google.protobuf.") && !expression.contains("Timestamp")
                && !expression.contains("Duration")
            || text.contains("wrapper")
            || text.contains("enum_value") || text.contains("message_type")
        {
            return "with protocol buffers"
        }
        if expression.contains("cel.block") || expression.contains("cel.iterVar") {
            return "with cel.block, which is made by optimisers"
        }
        if ["US/", "America/", "Asia/", "Australia/"].contains(where: { expression.contains($0) }) {
            return "with zones that have names, whose rules the host lends"
        }
        if expression.contains("::ffff:c0a8:1") { return "with what Kubernetes refuses" }
        if text.contains("\"function\"") { return "with functions of the host" }
        return nil
    }

    /// What is wrong; nil where it passes.
    var failure: String? {
        var variables: [CELEnvironment.Variable] = []
        for variable in test.messages("type_env") {
            guard let name = variable.string("name"),
                let type = variable.message("ident")?.message("type")
            else { continue }
            variables.append(CELEnvironment.Variable(name, Self.type(type)))
        }
        var values: [String: CELValue] = [:]
        for binding in test.messages("bindings") {
            guard let key = binding.string("key"),
                let value = binding.message("value")?.message("value")
            else { continue }
            values[key] = Self.value(value)
            if !variables.contains(where: { $0.name == key }) {
                variables.append(CELEnvironment.Variable(key, .dyn))
            }
        }
        let environment = CELEnvironment(
            libraries: CELLibraries(rawValue: .max), variables: variables, isHomogeneous: false,
            container: test.string("container") ?? "")
        let isLenient = test.word("disable_check") == "true"
        let wantsError = test.has("eval_error")
        let program: CELProgram
        do {
            program = try CELProgram(expression, environment, isLenient: isLenient)
        } catch {
            return wantsError ? nil : error.text
        }
        if let wanted = test.message("typed_result")?.message("deduced_type") {
            let type = Self.type(wanted)
            if type != program.resultType { return "type \(program.resultType), wanted \(type)" }
        }
        if test.word("check_only") == "true" { return nil }
        let bound = variables.map {
            values[$0.name] ?? .error(.failed("no such attribute(s): \($0.name)"))
        }
        let result = program.evaluate(bound, limit: .max).value
        if wantsError { return result.fault == nil ? "got \(result), wanted an error" : nil }
        let wanted =
            (test.message("value") ?? test.message("typed_result")?.message("result"))
            .map { Self.value($0) } ?? .bool(true)
        return Self.isSame(result, wanted) ? nil : "got \(result), wanted \(wanted)"
    }

    private static func isSame(_ left: CELValue, _ right: CELValue) -> Bool {
        if case .double(let left) = left, case .double(let right) = right {
            return left == right || (left.isNaN && right.isNaN)
        }
        return left.typeName == right.typeName && CELValue.equal(left, right)
    }

    private static func value(_ message: TextProto) -> CELValue {
        guard let (name, content) = message.fields.first else { return .null }
        switch (name, content) {
        case ("null_value", _): return .null
        case ("bool_value", .word(let word)): return .bool(word == "true")
        case ("int64_value", .word(let word)): return .int(Int64(word) ?? 0)
        case ("uint64_value", .word(let word)): return .uint(UInt64(word) ?? 0)
        case ("double_value", .word(let word)): return .double(Double(word) ?? .nan)
        case ("string_value", .text(let bytes)):
            return .string(String(decoding: bytes, as: UTF8.self))
        case ("bytes_value", .text(let bytes)): return .bytes(bytes)
        case ("type_value", .text(let bytes)):
            return .type(String(decoding: bytes, as: UTF8.self))
        case ("list_value", .message(let list)):
            return .list(list.messages("values").map { value($0) })
        case ("map_value", .message(let map)):
            var entries = CELEntries()
            for entry in map.messages("entries") {
                guard let key = entry.message("key"), let value = entry.message("value") else {
                    continue
                }
                _ = CELEntries.add(&entries, Self.value(key), Self.value(value))
            }
            return .map(.entries(entries))
        default: return .error(.failed("a case with \(name)"))
        }
    }

    private static func type(_ message: TextProto) -> CELType {
        guard let (name, content) = message.fields.first else { return .dyn }
        switch (name, content) {
        case ("primitive", .word(let word)):
            let known: [String: CELType] = [
                "BOOL": .bool, "INT64": .int, "UINT64": .uint, "DOUBLE": .double,
                "STRING": .string, "BYTES": .bytes,
            ]
            return known[word] ?? .dyn
        case ("well_known", .word(let word)):
            return word == "TIMESTAMP" ? .timestamp : word == "DURATION" ? .duration : .dyn
        case ("null", _): return .null
        case ("list_type", .message(let list)):
            return .list(list.message("elem_type").map { type($0) } ?? .dyn)
        case ("map_type", .message(let map)):
            return .map(
                map.message("key_type").map { type($0) } ?? .dyn,
                map.message("value_type").map { type($0) } ?? .dyn)
        case ("type", .message(let inner)):
            return .type(inner.fields.isEmpty ? nil : type(inner))
        case ("type_param", .text(let bytes)):
            return .parameter(String(decoding: bytes, as: UTF8.self))
        case ("abstract_type", .message(let abstract)):
            let parameters = abstract.messages("parameter_types").map { type($0) }
            if abstract.string("name") == "optional_type" {
                return .optional(parameters.first ?? .dyn)
            }
            return .abstract(abstract.string("name") ?? "")
        default: return .dyn
        }
    }
}
